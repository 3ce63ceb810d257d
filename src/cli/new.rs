//! `toroi new`: from nothing to a folder with a first campaign, printed at once.

use super::args::New;
use super::report::{fail, in_lang, say, talk};
use super::write::Folders;
use super::{formats, table};
use std::io::{BufRead, ErrorKind, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use toroi::diag::{Finding, Lang, Problem};
use toroi::files::{Disk, Files, Memory, builtin_schema, builtin_templates};
use toroi::preview::Preview;
use toroi::render::{Options, Proof, render};
use toroi::template::format::Format;
use toroi::template::starter::{Starter, Wish, slug, starter, usual_languages};

/// Longer side of a picture of `--list`, pixels.
const LONGER: f64 = 800.0;
const CAMPAIGN: &str = "campaign.yaml";
/// Where the schema of campaigns is put, as seen from the campaign.
const SCHEMA: &str = "schema/campaign.schema.json";

/// A folder that is to be made.
struct Plan {
    format: Format,
    folder: PathBuf,
    wish: Wish,
}

/// Makes the folder; gives the campaign's path, for it to be rendered, or the code to end with.
pub fn make(asked: &New, lang: Lang) -> Result<PathBuf, ExitCode> {
    if asked.list {
        return Err(list(lang));
    }
    let asks = asked.format.is_none() && std::io::stdin().is_terminal();
    let plan = match asks {
        true => plan(asked, lang, &mut |question| ask(&mut std::io::stdin().lock(), question, lang)),
        false => plan(asked, lang, &mut |question| question.usual.ok_or(Refusal::Words(question.wrong))),
    };
    let plan = plan.map_err(|refusal| match refusal {
        Refusal::Format(name, findings) => formats::refused(&name, &findings, lang),
        Refusal::Words(wrong) => {
            talk(&wrong);
            ExitCode::from(2)
        }
    })?;
    let first = starter(&plan.format, &plan.wish, lang);
    write(&plan, &first, lang)
}

/// What is asked: the words, what is taken where nothing is answered, and what is said to an answer that does not do.
struct Question<'q> {
    words: String,
    usual: Option<String>,
    wrong: String,
    /// The answer as it is taken, or none where it does not do.
    read: &'q dyn Fn(&str) -> Option<String>,
}

/// Why nothing is made.
enum Refusal {
    /// What was given does not do, or nothing was.
    Words(String),
    /// The format that was named is not there, or is broken.
    Format(String, Vec<Finding>),
}

/// Asks until the answer does; the end of input is no answer.
fn ask(input: &mut dyn BufRead, question: Question<'_>, lang: Lang) -> Result<String, Refusal> {
    loop {
        let usual = question.usual.as_ref().filter(|usual| !usual.is_empty()).map(|usual| format!(" [{usual}]")).unwrap_or_default();
        talk(&format!("{}{usual}:", question.words));
        let mut line = Vec::new();
        if input.read_until(b'\n', &mut line).unwrap_or(0) == 0 {
            return Err(Refusal::Words(lang.pick("Chưa ghi gì.", "Nothing was written.").into()));
        }
        // Half a letter, as of a terminal in another encoding, is asked for again.
        let line = String::from_utf8_lossy(&line);
        match (line.trim(), &question.usual) {
            ("", Some(usual)) => return Ok(usual.clone()),
            (answer, _) => match (question.read)(answer).filter(|_| !answer.contains('\u{fffd}')) {
                Some(taken) => return Ok(taken),
                None => talk(&question.wrong),
            },
        }
    }
}

/// What was given, else asked for. The words of what is wrong where it cannot be made.
fn plan(asked: &New, lang: Lang, answer: &mut dyn FnMut(Question<'_>) -> Result<String, Refusal>) -> Result<Plan, Refusal> {
    // What was given goes through the same gate as an answer.
    let mut settle = |given: Option<&String>, question: Question<'_>| match given {
        Some(given) => (question.read)(given).ok_or(Refusal::Words(question.wrong)),
        None => answer(question),
    };
    let known = builtin_templates("");
    let named = match &asked.format {
        Some(name) => name.clone(),
        None => {
            let by_number = |text: &str| text.parse::<usize>().ok().and_then(|n| known.get(n.checked_sub(1)?).cloned());
            let example = lang.pick(
                "Cần tên một mẫu, ví dụ: toroi new leaflet. Các mẫu: ",
                "It takes the name of a format, such as: toroi new leaflet. There are ",
            );
            settle(
                None,
                Question {
                    words: menu(&known, lang),
                    usual: None,
                    wrong: example.to_string() + &known.join(", "),
                    read: &|text| by_number(text).or_else(|| formats::read(text).ok().map(|format| format.name)),
                },
            )?
        }
    };
    let format = formats::read(&named).map_err(|findings| Refusal::Format(named, findings))?;
    let sizes = format.size_names();
    let size = settle(
        asked.size.as_ref(),
        Question {
            words: format!("{} ({})", lang.pick("Khổ", "Size"), sizes.join(", ")),
            usual: format.sizes.first().map(|size| size.name.clone()),
            wrong: format!("{} {}", lang.pick("Mẫu này có các khổ:", "Sizes of this format:"), sizes.join(", ")),
            read: &|text| sizes.iter().find(|size| **size == text.to_lowercase()).cloned(),
        },
    )?;
    let speaks = usual_languages(&format);
    // A format that has no place for a second language prints the first alone.
    let (languages_asked, languages_wrong) = match speaks.len() {
        1 => (
            lang.pick("Ngôn ngữ trên bản in (vi hoặc en)", "Language in print (vi or en)"),
            lang.pick("Mẫu này in một ngôn ngữ: vi hoặc en.", "This format prints one language: vi or en."),
        ),
        _ => (
            lang.pick("Ngôn ngữ trên bản in (vi, en, hoặc vi,en)", "Languages in print (vi, en, or vi,en)"),
            lang.pick(
                "Chữ mẫu có tiếng Việt và tiếng Anh: vi, en, vi,en hoặc en,vi.",
                "There are samples in Vietnamese and English: vi, en, vi,en or en,vi.",
            ),
        ),
    };
    let languages = settle(
        asked.languages.as_ref(),
        Question {
            words: languages_asked.into(),
            usual: Some(speaks.join(",")),
            wrong: languages_wrong.into(),
            read: &|text| read_languages(text, speaks.len()),
        },
    )?;
    let languages: Vec<String> = languages.split(',').map(String::from).collect();
    let sample = format.issuer.as_ref().map(|words| words.in_some(&languages[0]).to_string());
    let issuer = settle(
        asked.name.as_ref(),
        Question {
            words: lang.pick("Tên cơ quan, đơn vị", "Name of the office or firm").into(),
            usual: sample.clone().or(Some(String::new())),
            wrong: lang.pick("Có chữ không đọc được, xin gõ lại.", "Some of it cannot be read; please type it again.").into(),
            read: &|text| Some(text.trim().to_string()),
        },
    )?;
    let link = settle(
        asked.link.as_ref(),
        Question {
            words: lang
                .pick("Địa chỉ mà mã QR mở ra; để trống thì dùng địa chỉ mẫu", "Address that the code opens; leave it empty for a sample")
                .into(),
            usual: Some(String::new()),
            wrong: lang
                .pick(
                    "Địa chỉ bắt đầu bằng https:// hoặc http://, không có khoảng trắng.",
                    "An address begins with https:// or http://, and has no spaces.",
                )
                .into(),
            read: &|text| is_address(text).then(|| text.to_string()),
        },
    )?;
    let folder = settle(
        asked.folder.as_ref(),
        Question {
            words: lang.pick("Thư mục sẽ tạo", "Folder to make").into(),
            usual: Some(Some(slug(in_lang(&format.label, lang))).filter(|slug| !slug.is_empty()).unwrap_or_else(|| format.name.clone())),
            wrong: lang
                .pick("Cần tên một thư mục chưa có campaign.yaml.", "It takes the name of a folder that has no campaign.yaml yet.")
                .into(),
            read: &|text| free(&at_home(text)),
        },
    )?;
    let presses = builtin_templates("press/");
    let press = asked.press.as_ref().map(|press| match presses.contains(press) {
        true => Ok(press.clone()),
        false => Err(Refusal::Words(format!("{} {}", lang.pick("Các kiểu in:", "There are the presses"), presses.join(", ")))),
    });
    // A sample that stands in several languages is better than one of them.
    let issuer = Some(issuer).filter(|name| !name.is_empty() && Some(name) != sample.as_ref());
    let link = Some(link).filter(|link| !link.is_empty());
    let wish = Wish { size: Some(size), languages, issuer, link, press: press.transpose()?, schema: Some(SCHEMA.into()) };
    Ok(Plan { format, folder: folder.into(), wish })
}

/// A folder that holds no campaign yet.
fn free(folder: &str) -> Option<String> {
    (!folder.trim().is_empty() && !Path::new(folder).join(CAMPAIGN).exists()).then(|| folder.to_string())
}

/// A path from one's home, which no shell has put in its place where it was answered.
fn at_home(path: &str) -> String {
    match (path.strip_prefix("~/"), std::env::var("HOME")) {
        (Some(rest), Ok(home)) => format!("{home}/{rest}"),
        _ => path.to_string(),
    }
}

fn menu(known: &[String], lang: Lang) -> String {
    let mut lines = vec![lang.pick("Muốn in gì?", "What is to be printed?").to_string()];
    lines.extend(
        known.iter().enumerate().filter_map(|(i, name)| Some(format!("{:>3}  {}", i + 1, formats::line(&formats::read(name).ok()?, lang)))),
    );
    lines.push(lang.pick("Số hoặc tên", "Number or name").into());
    lines.join("\n")
}

fn read_languages(text: &str, most: usize) -> Option<String> {
    let languages: Vec<String> = text.split([',', ' ']).filter(|l| !l.is_empty()).map(str::to_lowercase).collect();
    let twice = languages.len() == 2 && languages[0] == languages[1];
    let known = languages.iter().all(|l| matches!(l.as_str(), "vi" | "en"));
    ((1..=most).contains(&languages.len()) && known && !twice).then(|| languages.join(","))
}

fn is_address(text: &str) -> bool {
    let scheme = text.get(..8).unwrap_or(text).to_lowercase();
    (scheme.starts_with("https://") || scheme.starts_with("http://")) && !text.contains(char::is_whitespace) && text.len() > 10
}

fn write(plan: &Plan, first: &Starter, lang: Lang) -> Result<PathBuf, ExitCode> {
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    files.extend(builtin_schema("campaign").map(|schema| (SCHEMA.to_string(), schema.bytes.into_owned())));
    if let Some(sample) = &first.table {
        for (ending, made) in [("xlsx", table::xlsx(sample)), ("csv", table::csv(sample))] {
            let path = format!("{}.{ending}", sample.stem);
            let bytes = made.map_err(|why| fail(Problem::WriteFailed { path: path.clone(), kind: ErrorKind::Other, why }, lang))?;
            files.push((path, bytes));
        }
    }
    // A format of one's own is found beside the campaign that uses it.
    let own = Files::beside(&Disk, "").template("", &plan.format.name).ok().flatten().filter(|found| !found.name.starts_with("builtin:"));
    files.extend(own.map(|found| (format!("templates/{}.yaml", plan.format.name), found.bytes.into_owned())));
    // Last of all: a folder without it is not done, and may be made again.
    files.push((CAMPAIGN.into(), first.campaign.clone().into_bytes()));
    // What a stopped run of the same has left is gone on with; anything else is somebody's.
    let is_ours = |path: &Path, bytes: &[u8]| std::fs::read(path).is_ok_and(|there| there == bytes) && !path.ends_with(CAMPAIGN);
    if let Some((name, _)) = files.iter().find(|(name, bytes)| plan.folder.join(name).exists() && !is_ours(&plan.folder.join(name), bytes))
    {
        let (there, format) = (plan.folder.join(name), &plan.format.name);
        talk(&match lang {
            Lang::Vi => format!("{} đã có, nên không ghi gì. Hãy chọn thư mục khác: toroi new {format} THƯ-MỤC", there.display()),
            Lang::En => {
                format!("{} is there already, so nothing was written. Choose another folder: toroi new {format} FOLDER", there.display())
            }
        });
        return Err(ExitCode::from(2));
    }
    let mut folders = Folders::default();
    for (name, bytes) in files {
        folders.inside(&plan.folder, &name, &bytes).map_err(|problem| fail(problem, lang))?;
        say(&plan.folder.join(name).display().to_string());
    }
    folders.settled().map_err(|problem| fail(problem, lang))?;
    Ok(plan.folder.join(CAMPAIGN))
}

/// What to do once the first pages are there.
pub fn farewell(campaign: &Path, lang: Lang) {
    let folder = campaign.parent().unwrap_or(campaign).display().to_string();
    let folder = if folder.contains(char::is_whitespace) { format!("\"{folder}\"") } else { folder };
    let campaign = campaign.display();
    talk(&match lang {
        Lang::Vi => format!("Bây giờ hãy mở {campaign}, sửa nội dung, lưu lại, rồi chạy:\n  cd {folder}\n  toroi render campaign.yaml"),
        Lang::En => format!("Now open {campaign}, change what it says, save, and run:\n  cd {folder}\n  toroi render campaign.yaml"),
    });
}

/// The formats in a line each, with a picture of what they look like.
fn list(lang: Lang) -> ExitCode {
    let (folder, mut folders, mut failed) = (cache(), Folders::default(), None);
    for name in builtin_templates("") {
        let format = match formats::read(&name) {
            Ok(format) => format,
            Err(findings) => {
                formats::refused(&name, &findings, lang);
                continue;
            }
        };
        say(&formats::line(&format, lang));
        let path = folder.join(format!("{}-{}.png", format.name, lang.pick("vi", "en")));
        let Some(png) = picture(&format, lang) else { continue };
        match folders.file(&path, &png) {
            Ok(()) => say(&format!("{:17}{}", "", path.display())),
            Err(problem) => failed = Some(problem),
        }
    }
    failed.or(folders.settled().err()).map_or(ExitCode::SUCCESS, |problem| fail(problem, lang))
}

/// The first page of a first campaign of a format.
fn picture(format: &Format, lang: Lang) -> Option<Vec<u8>> {
    let first = starter(format, &Wish::default(), lang);
    let mut files = vec![(CAMPAIGN.to_string(), first.campaign.into_bytes())];
    let found = Files::beside(&Disk, "").template("", &format.name).ok().flatten()?;
    files.push((format!("{}.yaml", format.name), found.bytes.into_owned()));
    let world = Memory(files.into_iter().collect());
    let options = Options { presses: vec!["screen".into()], proof: Proof::Off, ..Options::default() };
    let artwork = render(&world, CAMPAIGN, &options).artworks.into_iter().next()?;
    let ppi = LONGER * 25.4 / artwork.trim_mm[0].max(artwork.trim_mm[1]);
    Some(Preview::open(artwork.bytes)?.page(0, ppi)?.png())
}

/// Where files are kept that can be made again.
fn cache() -> PathBuf {
    let of = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let folder = of("XDG_CACHE_HOME").or_else(|| of("LOCALAPPDATA")).or_else(|| of("HOME").map(|home| home.join(".cache")));
    folder.unwrap_or_else(std::env::temp_dir).join("toroi").join(env!("CARGO_PKG_VERSION"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn planned(answers: &str) -> Result<Plan, Refusal> {
        let mut input = answers.as_bytes();
        plan(&New::default(), Lang::En, &mut |question| ask(&mut input, question, Lang::En))
    }

    #[test]
    fn answers_make_the_plan() {
        let plan = planned("5\na4\nvi,en\nUBND xã A\nhttps://a.vn/x\nnew\n").ok().unwrap();
        assert_eq!((plan.format.name.as_str(), plan.folder.to_str()), ("hotel-notice", Some("new")));
        assert_eq!(plan.wish.size.as_deref(), Some("a4"));
        assert_eq!(plan.wish.languages, ["vi", "en"]);
        assert_eq!((plan.wish.issuer.as_deref(), plan.wish.link.as_deref()), (Some("UBND xã A"), Some("https://a.vn/x")));
    }

    #[test]
    fn an_empty_answer_takes_what_is_usual() {
        let plan = planned("leaflet\n\n\n\n\n\n").ok().unwrap();
        assert_eq!((plan.wish.size.as_deref(), plan.folder.to_str()), (Some("a5"), Some("two-sided-leaflet")));
        assert_eq!((plan.wish.issuer, plan.wish.link), (None, None));
    }

    #[test]
    fn what_does_not_do_is_asked_again() {
        let plan = planned("0\nposter\na7x\nA3\nfr\nen\n\nmo.vn\nhttp://mo.vn\n\n").ok().unwrap();
        assert_eq!((plan.wish.size.as_deref(), plan.wish.link.as_deref()), (Some("a3"), Some("http://mo.vn")));
        assert_eq!(plan.wish.languages, ["en"]);
    }

    #[test]
    fn half_a_letter_is_asked_for_again() {
        let answers = b"leaflet\n\n\nUBND x\xe1\xba\nUBND x\xc3\xa3\n\n\n";
        let mut input = &answers[..];
        let plan = plan(&New::default(), Lang::Vi, &mut |question| ask(&mut input, question, Lang::Vi)).ok().unwrap();
        assert_eq!(plan.wish.issuer.as_deref(), Some("UBND xã"));
    }

    #[test]
    fn the_end_of_input_makes_nothing() {
        for answers in ["leaflet\na5\n", ""] {
            assert!(matches!(planned(answers), Err(Refusal::Words(words)) if words == "Nothing was written."), "{answers}");
        }
    }
}
