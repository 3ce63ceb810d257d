//! The command line in both languages. clap takes one set of words and knows no languages: `args` gives it the English
//! ones, and they are changed for the Vietnamese before anything is read.

use super::args::{Cli, Speech};
use super::colour::is_wanted;
use super::refusal;
use super::words;
use clap::builder::{PossibleValue, PossibleValuesParser, StyledStr};
use clap::{Arg, ArgAction, Command, CommandFactory, FromArgMatches, ValueEnum};
use std::ffi::OsString;
use std::fmt::Write as _;
use std::io::Write as _;
use std::process::ExitCode;
use toroi::diag::Lang;

/// What was asked for and in which language; or else the exit code, once help or what is wrong has been told.
pub fn read(arguments: &[OsString]) -> Result<(Cli, Lang), ExitCode> {
    let lang = asked(arguments).unwrap_or_else(locale);
    let mut command = command(lang);
    let read = command.try_get_matches_from_mut(arguments).and_then(|matches| Cli::from_arg_matches(&matches));
    read.map(|cli| (cli, lang)).map_err(|error| tell(error, lang))
}

/// Prints the help of a command.
pub fn help(path: &[String], lang: Lang) -> ExitCode {
    let words = ["toroi"].into_iter().chain(path.iter().map(String::as_str)).chain(["--help"]);
    match command(lang).try_get_matches_from(words) {
        Ok(_) => ExitCode::SUCCESS,
        Err(error) => tell(error, lang),
    }
}

/// Prints help on stdout, and what is wrong on stderr.
fn tell(error: clap::Error, lang: Lang) -> ExitCode {
    let to_stderr = error.use_stderr();
    let code = ExitCode::from(if to_stderr { 2 } else { 0 });
    let text = refusal::told(error, lang);
    let shown = |coloured: bool| {
        let text = if coloured { text.ansi().to_string() } else { text.to_string() };
        // clap indents the empty lines of a long text too.
        text.lines().map(|line| format!("{}\n", line.trim_end())).collect::<String>()
    };
    // A reader that leaves early is no fault.
    let _ = match to_stderr {
        true => std::io::stderr().write_all(shown(is_wanted(&std::io::stderr())).as_bytes()),
        false => std::io::stdout().write_all(shown(is_wanted(&std::io::stdout())).as_bytes()),
    };
    code
}

/// The language that stands on the command line, wherever.
fn asked(arguments: &[OsString]) -> Option<Lang> {
    let mut words = arguments.iter().skip(1).map_while(|word| Some(word.to_string_lossy()).filter(|word| word != "--"));
    let mut found = None;
    while let Some(word) = words.next() {
        let value = match word.strip_prefix("--lang") {
            Some("") => words.next().map(|value| value.into_owned()),
            Some(rest) => rest.strip_prefix('=').map(String::from),
            None => None,
        };
        found = value.and_then(|value| Speech::from_str(&value, false).ok()).or(found);
    }
    found.map(Lang::from)
}

fn locale() -> Lang {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|name| std::env::var(name).ok().filter(|v| !v.is_empty()));
    if set.is_some_and(|l| l.to_lowercase().starts_with("vi")) { Lang::Vi } else { Lang::En }
}

/// The whole command, with its words in a language.
pub fn command(lang: Lang) -> Command {
    let command = with_examples(Cli::command(), "", lang);
    match lang {
        Lang::En => command,
        Lang::Vi => with_usage(in_vietnamese(command, "").disable_help_flag(true).disable_version_flag(true)),
    }
}

/// The whole command as completions are made of it: values say what they mean in the language too.
pub fn for_shells(lang: Lang) -> Command {
    fn values(argument: Arg) -> Arg {
        let name = argument.get_id().to_string();
        let known: Vec<PossibleValue> = argument.get_possible_values();
        if !argument.get_action().takes_values() || known.is_empty() {
            return argument;
        }
        let said = known.into_iter().map(|value| match words::value(&name, value.get_name()) {
            Some(words) => value.help(words),
            None => value,
        });
        argument.value_parser(PossibleValuesParser::new(said))
    }
    fn each(command: Command) -> Command {
        command.mut_args(values).mut_subcommands(each)
    }
    match lang {
        Lang::En => command(lang),
        Lang::Vi => each(command(lang)),
    }
}

/// The words of a command below another.
pub fn below(path: &str, name: &str) -> String {
    format!("{path} {name}").trim_start().to_string()
}

fn with_examples(command: Command, path: &str, lang: Lang) -> Command {
    let header = *command.get_styles().get_header();
    let mut text = format!("{header}{}{header:#}", lang.pick("Ví dụ:", "Examples:"));
    for example in words::command(path).map_or(&[][..], |command| command.examples) {
        let does = lang.pick(example.vi, example.en);
        // Writing to a string does not fail.
        let _ = write!(text, "\n  {}\n      {does}", example.line);
    }
    command.after_help(text).mut_subcommands(|sub| {
        let path = below(path, sub.get_name());
        with_examples(sub, &path, lang)
    })
}

fn in_vietnamese(command: Command, path: &str) -> Command {
    let header = *command.get_styles().get_usage();
    let template = format!("{{about-with-newline}}\n{header}Cách dùng:{header:#} {{usage}}\n\n{{all-args}}{{after-help}}");
    let flag = |name: &'static str, short: char, action: ArgAction| Arg::new(name).short(short).long(name).action(action);
    let about = words::command(path).map_or("", |command| command.about);
    let mut command = command.about(about).help_template(template).subcommand_help_heading("Các lệnh").subcommand_value_name("LỆNH");
    command = command.arg(flag("help", 'h', ArgAction::Help));
    if path.is_empty() {
        command = command.arg(flag("version", 'V', ArgAction::Version));
    }
    command.mut_args(|argument| argument_in_vietnamese(argument, path)).mut_subcommands(|sub| {
        let path = below(path, sub.get_name());
        in_vietnamese(sub, &path)
    })
}

fn argument_in_vietnamese(argument: Arg, path: &str) -> Arg {
    let name = argument.get_id().to_string();
    let takes = argument.get_action().takes_values();
    let defaults: Vec<String> = argument.get_default_values().iter().map(|value| value.to_string_lossy().into_owned()).collect();
    let values = if takes && !argument.is_hide_possible_values_set() { argument.get_possible_values() } else { Vec::new() };
    let names: Vec<&str> = values.iter().map(|value| value.get_name()).collect();
    let mut help = words::argument(path, &name).unwrap_or_default().to_string();
    if takes && !defaults.is_empty() {
        help += &format!(" [mặc định: {}]", defaults.join(", "));
    }
    let mut long = help.clone();
    if !names.is_empty() {
        help += &format!(" [chọn: {}]", names.join(", "));
        long += "\n\nChọn một trong:";
        long.extend(names.iter().map(|value| match words::value(&name, value) {
            Some(words) => format!("\n- {value}: {words}"),
            None => format!("\n- {value}"),
        }));
    }
    if !takes {
        return argument.help(help).help_heading("Tùy chọn");
    }
    let placeholder = argument.get_value_names().and_then(|names| names.first()).and_then(|name| words::placeholder(name));
    let heading = if argument.is_positional() { "Đối số" } else { "Tùy chọn" };
    let argument = argument.help(help).help_heading(heading).hide_default_value(true).hide_possible_values(true);
    let argument = if names.is_empty() { argument } else { argument.long_help(long) };
    match placeholder {
        Some(placeholder) => argument.value_name(placeholder),
        None => argument,
    }
}

/// Puts the words that clap itself writes into usage lines into Vietnamese.
fn with_usage(command: Command) -> Command {
    fn put(command: Command, built: &mut Command) -> Command {
        let usage = built.render_usage().to_string();
        let usage = usage.strip_prefix("Usage: ").unwrap_or(&usage).replace("[OPTIONS]", "[TÙY-CHỌN]");
        command.override_usage(StyledStr::from(usage)).mut_subcommands(|sub| match built.find_subcommand_mut(sub.get_name()) {
            Some(built) => put(sub, built),
            None => sub,
        })
    }
    let mut built = command.clone();
    built.build();
    put(command, &mut built)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::error::ErrorKind;

    /// A command, those below it and below those, with their words.
    fn all(command: &Command) -> Vec<(String, Command)> {
        fn walk(command: &Command, path: &str, found: &mut Vec<(String, Command)>) {
            found.push((path.to_string(), command.clone()));
            command.get_subcommands().for_each(|sub| walk(sub, &below(path, sub.get_name()), found));
        }
        let mut found = Vec::new();
        walk(command, "", &mut found);
        found
    }

    #[test]
    fn every_word_of_the_help_has_its_vietnamese() {
        let english = Cli::command();
        for (path, command) in all(&english) {
            assert!(command.get_about().is_some(), "{path}: what is it for?");
            assert!(words::command(&path).is_some(), "“{path}” has no Vietnamese");
            for argument in command.get_arguments() {
                let name = argument.get_id().as_str();
                assert!(argument.get_help().is_some(), "{path}: {name}");
                assert!(words::argument(&path, name).is_some(), "{path}: {name} has no Vietnamese");
                if !argument.get_action().takes_values() {
                    continue;
                }
                for placeholder in argument.get_value_names().into_iter().flatten() {
                    assert!(words::placeholder(placeholder).is_some(), "{path}: {placeholder} has no Vietnamese");
                }
                for value in argument.get_possible_values().iter().filter(|_| !argument.is_hide_possible_values_set()) {
                    assert_eq!(value.get_help().is_some(), words::value(name, value.get_name()).is_some(), "{path}: {name}");
                }
            }
        }
    }

    #[test]
    fn every_word_in_the_table_is_of_some_command() {
        let english = all(&Cli::command());
        for said in words::COMMANDS {
            let (_, command) = english.iter().find(|(path, _)| path == said.path).unwrap_or_else(|| panic!("no command “{}”", said.path));
            for (name, _) in said.arguments {
                assert!(command.get_arguments().any(|argument| argument.get_id() == name), "{}: no argument {name}", said.path);
            }
        }
    }

    #[test]
    fn help_fits_a_hundred_columns_and_leaves_no_english_in_the_vietnamese() {
        for lang in [Lang::Vi, Lang::En] {
            let mut whole = command(lang).term_width(100);
            whole.build();
            for (path, mut command) in all(&whole) {
                for text in [command.render_help(), command.render_long_help()] {
                    let text = text.to_string();
                    for line in text.lines() {
                        assert!(line.chars().count() <= 100, "{path}: {line}");
                    }
                    assert!(text.contains(if lang == Lang::Vi { "Ví dụ:" } else { "Examples:" }), "{path}: {text}");
                    for word in
                        ["Usage:", "Options:", "OPTIONS", "Arguments:", "Commands:", "COMMAND", "default:", "possible", "Print", "aliases"]
                    {
                        assert!(lang == Lang::En || !text.contains(word), "{path}: {word} in {text}");
                    }
                }
            }
        }
    }

    /// Whether a line names what stands at a place by a word in capitals: `toroi render CAMPAIGN`.
    fn is_pattern(line: &str) -> bool {
        line.split_whitespace()
            .any(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 2 && word.chars().all(|c| c.is_uppercase() || c == '-'))
    }

    /// The words of a line, as a shell parts them.
    fn typed(line: &str) -> Vec<&str> {
        let quoted = line.split('"').enumerate();
        quoted.flat_map(|(i, part)| if i % 2 == 1 { vec![part] } else { part.split_whitespace().collect() }).collect()
    }

    #[test]
    fn every_command_of_the_documents_can_be_typed() {
        for (document, least) in [("README.md", 20), ("README.vi.md", 20), ("templates/README.md", 2), ("examples/at-scale/README.md", 1)] {
            let mut typed_here = 0;
            let text = std::fs::read_to_string(document).unwrap();
            // Blocks are at odd places between fences. Where two spaces stand, the rest of the line says what it does.
            let blocks = text.split("```").skip(1).step_by(2).flat_map(str::lines);
            let inline = text.lines().flat_map(|line| line.split('`').skip(1).step_by(2));
            for line in
                blocks.chain(inline).filter(|line| line.starts_with("toroi ") && !line.contains(['[', '…', '$', '{']) && !is_pattern(line))
            {
                let line = line.split(['|', '>', '<', '#']).next().unwrap().split("  ").next().unwrap();
                let read = command(Lang::En).try_get_matches_from(typed(line));
                let more =
                    [ErrorKind::MissingSubcommand, ErrorKind::MissingRequiredArgument, ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand];
                let refused = read.err().filter(|error| error.use_stderr() && !more.contains(&error.kind()));
                assert!(refused.is_none(), "{document}: {line}: {refused:?}");
                typed_here += 1;
            }
            assert!(typed_here >= least, "{document}: {typed_here}");
        }
    }

    #[test]
    fn every_example_can_be_typed() {
        for said in words::COMMANDS {
            assert!((2..=4).contains(&said.examples.len()), "{}", said.path);
            for example in said.examples {
                // What stands before a pipe or a redirection.
                let line = example.line.split(['|', '>', '<']).next().unwrap();
                let words = typed(line);
                for lang in [Lang::Vi, Lang::En] {
                    let read = command(lang).try_get_matches_from(&words);
                    assert!(read.is_ok(), "{line}: {}", read.unwrap_err());
                }
            }
        }
    }

    #[test]
    fn the_language_may_stand_anywhere() {
        for (line, lang) in [
            ("toroi --lang vi render x", Some(Lang::Vi)),
            ("toroi render x --lang=en", Some(Lang::En)),
            ("toroi render --lang vi --help --lang en", Some(Lang::En)),
            ("toroi render -- --lang vi", None),
            ("toroi render --lang", None),
            ("toroi render --lang fr", None),
        ] {
            let arguments: Vec<OsString> = line.split(' ').map(OsString::from).collect();
            assert_eq!(asked(&arguments), lang, "{line}");
        }
    }
}
