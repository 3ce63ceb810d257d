//! The words of the command line in Vietnamese, and its examples. The English ones stand in `args`, where clap takes them.

mod commands;

use super::args;
use commands::SHARED;
pub use commands::{COMMANDS, Command};

/// What is said of a command.
pub fn command(path: &str) -> Option<&'static Command> {
    COMMANDS.iter().find(|command| command.path == path)
}

/// What an argument of a command is for.
pub fn argument(path: &str, name: &str) -> Option<&'static str> {
    let find = |all: &'static [(&'static str, &'static str)]| all.iter().find(|(known, _)| *known == name).map(|(_, words)| *words);
    command(path).and_then(|command| find(command.arguments)).or_else(|| find(SHARED))
}

/// What a value of an argument that has but a few means.
pub fn value(argument: &str, name: &str) -> Option<&'static str> {
    Some(match (argument, name) {
        ("lang", "vi") => "tiếng Việt",
        ("lang", "en") => "tiếng Anh",
        ("formats", "pdf") => "các tệp để in",
        ("formats", "png") => "ảnh của từng trang",
        ("proof", "off") => "không mã nào",
        ("proof", "sample") => "mã trên hai tờ đầu, tờ giữa và tờ cuối",
        ("proof", "all") => "mọi mã",
        _ => return None,
    })
}

/// What stands for a value in a usage line.
pub fn placeholder(name: &str) -> Option<&'static str> {
    Some(match name {
        "CAMPAIGN" => "CHIẾN-DỊCH",
        "DIR" => "THƯ-MỤC",
        "FILE" => "TỆP",
        "FORMAT" => "MẪU",
        "SIZE" => "KHỔ",
        "LANGUAGES" => "NGÔN-NGỮ",
        "ADDRESS" => "ĐỊA-CHỈ",
        "NAME" => "TÊN",
        "NAME|FILE" => "TÊN|TỆP",
        "NAME=NUMBER" => "TÊN=SỐ",
        "KEY=VALUE" => "TÊN=GIÁ-TRỊ",
        "COLUMN=VALUE" => "CỘT=GIÁ-TRỊ",
        "SLOT" => "Ô",
        "CODE" => "MÃ",
        "KIND" => "LOẠI",
        "WHICH" => "NHỮNG-MÃ-NÀO",
        "LANG" => "NGÔN-NGỮ",
        "SHELL" => "SHELL",
        "COMMAND" => "LỆNH",
        "A-B" => "A-B",
        "I/N" => "I/N",
        "PPI" => "PPI",
        "MM" => "MM",
        "MM[/MM]" => "MM[/MM]",
        _ => return None,
    })
}

/// What a value must be like.
pub fn demand(english: &str) -> Option<&'static str> {
    Some(match english {
        args::PAIR => "cần một tên, dấu “=” rồi giá trị, ví dụ phone=\"0210 3825 115\"",
        args::RANGE => "cần số của một bản ghi hoặc một khoảng, đếm từ 1, ví dụ 7 hoặc 3-20",
        args::BACKWARDS => "số đầu lớn hơn số cuối; hãy đổi chỗ hai số",
        args::PART => "cần số của phần và tổng số phần, ví dụ 3/10 là phần thứ ba trong mười phần",
        args::LENGTH => "cần số milimét từ 0 đến 400, ví dụ 20,5",
        args::PLAIN => "tên chỉ gồm chữ, số, dấu - và dấu _",
        args::COUNT => "cần một số đếm từ 1: 1, 2, 3, …",
        args::PIXELS => "cần một số từ 10 đến 1200",
        args::BOUND => "cần một tên mà `toroi limits` liệt kê, dấu “=” rồi một số nguyên, ví dụ records=5000",
        _ => return None,
    })
}
