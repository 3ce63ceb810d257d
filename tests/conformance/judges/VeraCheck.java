import java.io.File;
import java.util.List;
import java.util.logging.LogManager;
import java.util.stream.Collectors;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.RuleId;

/** Validates PDF files with veraPDF and prints a line for each failed rule, or "compliant". */
public class VeraCheck {
    public static void main(String[] args) {
        PDFAFlavour flavour = args.length < 2 ? PDFAFlavour.NO_FLAVOUR : PDFAFlavour.fromString(args[0]);
        if (flavour == PDFAFlavour.NO_FLAVOUR) {
            System.err.println("usage: VeraCheck FLAVOUR FILE...  (1b, 2b, 2u, 3b, 4, ua1, ...)");
            System.exit(2);
        }
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();

        int code = 0;
        for (String file : List.of(args).subList(1, args.length)) {
            try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(file), flavour);
                    PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
                ValidationResult result = validator.validate(parser);
                if (result.isCompliant()) {
                    System.out.println(file + "\tcompliant");
                } else {
                    failures(result).forEach(line -> System.out.println(file + "\t" + line));
                    code = Math.max(code, 1);
                }
            } catch (Throwable e) { // A broken file may end in an Error, such as a stack overflow.
                System.err.println(file + ": " + e);
                code = 2;
            }
        }
        System.exit(code);
    }

    /** The rule, its description and the count of its failures, tab-separated and sorted. */
    private static List<String> failures(ValidationResult result) {
        return result.getFailedChecks().entrySet().stream().map(failed -> {
            RuleId id = failed.getKey();
            String description = result.getValidationProfile().getRuleByRuleId(id).getDescription();
            return id.getClause() + "-" + id.getTestNumber()
                    + "\t" + description.replaceAll("\\s+", " ").trim()
                    + "\t" + failed.getValue();
        }).sorted().collect(Collectors.toList());
    }
}
