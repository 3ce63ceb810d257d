//! What is said of files: those that are read, and those that are written.

use super::{Said, said};
use crate::diag::Lang;
use crate::limits::Limit;
use std::io::ErrorKind;

pub(super) fn file_missing(path: &str, meant: &Option<String>) -> Said {
    let message = say!("Không có tệp “{path}”.", "There is no file “{path}”.");
    let name = path.rsplit('/').next().unwrap_or(path);
    let hint = match meant {
        _ if path.contains("://") => say!(
            "Đây là địa chỉ trên mạng: tải về (bảng Google: Tệp → Tải xuống → .xlsx), để cạnh tệp chiến dịch rồi ghi tên tệp.",
            "This is a web address: download it (a Google sheet: File → Download → .xlsx), put it beside the campaign and write its name."
        ),
        Some(meant) => say!("Có tệp “{meant}”: ghi đúng như vậy.", "There is “{meant}”: write it so."),
        None if !name.contains('.') => say!(
            "Ghi tên của một tệp, có cả đuôi, như “{name}.ttf” cho phông, .png cho hình, .icc cho hồ sơ màu, và để tệp cạnh tệp chiến dịch.",
            "Write the name of a file with its ending, “{name}.ttf” for a font, .png for a picture, .icc for a profile, and put the file beside the campaign."
        ),
        None => say!(
            "Kiểm tra tên (cả đuôi, chữ hoa, chữ thường) và thư mục; đường dẫn trong chiến dịch tính từ nơi đặt tệp chiến dịch.",
            "Check the name (its ending and capitals too) and the folder; paths in a campaign start where its file is."
        ),
    };
    said(message, hint)
}

pub(super) fn file_unreadable(path: &str, why: &str) -> Said {
    said(
        say!("Không đọc được tệp “{path}”: {why}.", "The file “{path}” cannot be read: {why}."),
        say!("Kiểm tra quyền đọc và xem đó có phải là một tệp không.", "Check that it is a file and that you may read it."),
    )
}

pub(super) fn outside_folder(path: &str, meant: &Option<String>) -> Said {
    let hint = match meant {
        Some(meant) => say!("Cạnh tệp chiến dịch có “{meant}”: ghi đúng như vậy.", "Beside the campaign there is “{meant}”: write it so."),
        None => say!(
            "Chép tệp vào cùng thư mục với tệp chiến dịch rồi ghi tên tệp; hoặc khi chạy, cho phép thư mục đó bằng --from.",
            "Copy the file beside the campaign and write its name; or let its folder in with --from when you run it."
        ),
    };
    said(say!("“{path}” nằm ngoài thư mục của chiến dịch.", "“{path}” lies outside the campaign's folder."), hint)
}

pub(super) fn over_limit(limit: Limit, of: &str, most: u64) -> Said {
    let name = limit.name();
    let (vi, en) = (limit.counts(Lang::Vi), limit.counts(Lang::En));
    let most = grouped(most);
    let hint = match limit {
        Limit::ImageBytes | Limit::ImagePixels | Limit::ImagesUnpacked => say!(
            "Thu nhỏ ảnh: in khổ A2 ở 300 điểm/inch chỉ cần 35 triệu điểm ảnh. Nếu đúng là cần và tin tệp này: --limit {name}=SỐ.",
            "Make it smaller: A2 at 300 ppi needs only 35 million pixels. If all of it is needed and you trust it: --limit {name}=NUMBER."
        ),
        Limit::TableBytes | Limit::TableUnpacked | Limit::Cells | Limit::Records => say!(
            "Xóa các hàng và cột thừa, hoặc chia thành nhiều tệp. Nếu đúng là cần và tin tệp này: --limit {name}=SỐ.",
            "Remove rows and columns that are not needed, or make several files of it. If all is needed and you trust it: --limit {name}=NUMBER."
        ),
        Limit::SvgBytes | Limit::SvgNodes | Limit::SidePoints => say!(
            "Đơn giản hóa hình vẽ, hoặc lưu thành PNG. Nếu đúng là cần và tin tệp này: --limit {name}=SỐ.",
            "Simplify the drawing, or save it as PNG. If all of it is needed and you trust it: --limit {name}=NUMBER."
        ),
        Limit::Pages | Limit::OutputBytes => say!(
            "In từng phần, như --records 1-50000 hoặc --shard 1/10. Nếu đúng là cần: --limit {name}=SỐ.",
            "Print it in parts, such as --records 1-50000 or --shard 1/10. If all is needed at once: --limit {name}=NUMBER."
        ),
        Limit::YamlDepth => say!(
            "Không chiến dịch nào cần sâu như thế; xem lại các dấu ngoặc và thụt lề.",
            "No campaign needs that; look at the brackets and at how lines are set in."
        ),
        _ => say!(
            "Hiếm tệp nào cần nhiều như thế; xem lại tệp từ đâu ra. Nếu tin nó: --limit {name}=SỐ.",
            "Hardly any file needs that much: look where it comes from. If you trust it: --limit {name}=NUMBER."
        ),
    };
    said(say!("“{of}” vượt giới hạn: nhiều nhất {most} {vi}.", "“{of}” goes beyond a limit: at most {most} {en}."), hint)
}

/// A number as people read it: `1 000 000`, its spaces not to be broken.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let parts = digits.as_bytes().rchunks(3).rev().map(|part| String::from_utf8_lossy(part));
    parts.collect::<Vec<_>>().join("\u{a0}")
}

pub(super) fn not_utf8(path: &str) -> Said {
    said(
        say!("Tệp “{path}” không dùng bảng mã UTF-8.", "The file “{path}” is not in UTF-8."),
        say!("Lưu lại với mã UTF-8 (Notepad: Lưu dưới dạng → Mã hóa).", "Save it again as UTF-8 (Notepad: Save as → Encoding)."),
    )
}

pub(super) fn font_unreadable(path: &str) -> Said {
    said(
        say!(
            "“{path}” không phải là phông TrueType hoặc OpenType đọc được.",
            "“{path}” is not a TrueType or OpenType font that can be read."
        ),
        say!(
            "Dùng tệp .ttf hoặc .otf tĩnh; .woff, .woff2 là phông cho trang mạng.",
            "Use a static .ttf or .otf file; .woff and .woff2 are for web pages."
        ),
    )
}

pub(super) fn file_fault(detail: &str) -> Said {
    said(
        say!("Tệp PDF vừa dựng không đạt: {detail}.", "The PDF just made fails its own check: {detail}."),
        say!(
            "Đây là lỗi của toroi; hãy gửi chiến dịch này cho người bảo trì.",
            "This is a fault of toroi; please send this campaign to its maintainers."
        ),
    )
}

pub(super) fn write_failed(path: &str, kind: ErrorKind, why: &str) -> Said {
    let (vi, en) = match kind {
        ErrorKind::StorageFull => say!("đĩa đã đầy", "the disk is full"),
        ErrorKind::QuotaExceeded => say!("đã dùng hết phần đĩa được cấp", "your share of the disk is used up"),
        ErrorKind::ReadOnlyFilesystem => say!("đĩa chỉ cho đọc", "the disk is read-only"),
        ErrorKind::PermissionDenied => say!("không có quyền ghi ở đó", "you may not write there"),
        ErrorKind::ResourceBusy => {
            say!("tệp cũ đang mở trong chương trình khác, hoặc bị khóa", "the old file is open in another program, or locked")
        }
        ErrorKind::NotFound => say!("thư mục không còn ở đó", "its folder is gone"),
        ErrorKind::IsADirectory => say!("ở đó đã có thư mục cùng tên", "a folder of that name is there"),
        ErrorKind::NotADirectory => say!("ở đó là một tệp, không phải thư mục", "a file is there, not a folder"),
        ErrorKind::AlreadyExists => {
            say!("cái đang mang tên ấy không phải là tệp", "what has that name is no file")
        }
        ErrorKind::InvalidFilename => {
            say!("tên quá dài hoặc có ký tự mà đĩa không nhận", "the disk does not take a name so long, or one of its signs")
        }
        ErrorKind::FileTooLarge => say!("tệp lớn quá mức", "the file is too large"),
        _ => say!("{why}", "{why}"),
    };
    let hint = match kind {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            say!(
                "Xóa bớt tệp không cần, hoặc ghi sang đĩa khác bằng -o, rồi chạy lại.",
                "Free some space, or write to another disk with -o, and run it again."
            )
        }
        ErrorKind::ResourceBusy => say!("Đóng tệp ấy rồi chạy lại.", "Close that file and run it again."),
        ErrorKind::NotFound => say!("Chạy lại; thư mục sẽ được tạo lại.", "Run it again: the folder is made anew."),
        ErrorKind::IsADirectory | ErrorKind::NotADirectory | ErrorKind::AlreadyExists => {
            say!("Đổi tên hoặc dời nó đi, hoặc ghi ra thư mục khác.", "Rename or move it, or write to another folder.")
        }
        ErrorKind::InvalidFilename => say!("Đặt tên khác, ngắn hơn.", "Take another name, a shorter one."),
        ErrorKind::FileTooLarge => say!(
            "Chia nhỏ bằng --shard hoặc --split; ảnh thì giảm --ppi; hoặc ghi sang đĩa khác (đĩa FAT chỉ nhận tệp dưới 4 GB).",
            "Make less of it with --shard or --split, of a picture with --ppi; or write to another disk (FAT takes no file of 4 GB)."
        ),
        _ => say!(
            "Kiểm tra quyền ghi và đĩa, hoặc ghi ra thư mục khác, rồi chạy lại.",
            "Check the permission and the disk, or write to another folder, and run it again."
        ),
    };
    said(say!("Không ghi được “{path}”: {vi}.", "“{path}” cannot be written: {en}."), hint)
}

pub(super) fn leads_elsewhere(path: &str, to: &str) -> Said {
    said(
        say!(
            "“{path}” là liên kết dẫn ra ngoài thư mục kết quả, đến “{to}”; không ghi gì vào đó.",
            "“{path}” is a link that leads out of the output folder, to “{to}”: nothing is written there."
        ),
        say!("Xóa liên kết ấy, hoặc ghi thẳng vào nơi đó bằng -o.", "Remove the link, or name that place itself with -o."),
    )
}

pub(super) fn stopped(files: usize, pieces: usize) -> Said {
    let message = match (files, pieces) {
        (files, 0) => say!("Dừng ở đây; số tệp chưa ghi: {files}.", "It ends here; files not written: {files}."),
        (0, pieces) => {
            say!("Dừng ở đây; số ấn phẩm chưa ghi tệp nào: {pieces}.", "It ends here; pieces of which nothing is written: {pieces}.")
        }
        (files, pieces) => say!(
            "Dừng ở đây; số tệp của ấn phẩm này chưa ghi: {files}; số ấn phẩm chưa ghi tệp nào: {pieces}.",
            "It ends here; files of this piece not written: {files}; pieces of which nothing is written: {pieces}."
        ),
    };
    said(message, say!("Xử lý điều đã báo ở trên, rồi chạy lại.", "See to what is told above, and run it again."))
}

pub(super) fn same_file(file: &str) -> Said {
    said(
        say!("Hai ấn phẩm cùng ghi vào tệp “{file}”.", "Two pieces would write the same file “{file}”."),
        say!("Đổi tên một ấn phẩm.", "Rename one of the pieces."),
    )
}

pub(super) fn same_name(name: &str, other: usize) -> Said {
    said(
        say!(
            "Tệp của bản ghi này sẽ có tên “{name}” như tệp của bản ghi {other}.",
            "The file of this record would be named “{name}”, as that of record {other} is."
        ),
        say!(
            "Đặt “file:” theo một cột không trùng nhau; tên chỉ khác chữ hoa, chữ thường cũng là trùng.",
            "Let “file:” name a column without duplicates; names that differ in capitals alone are the same."
        ),
    )
}

pub(super) fn no_name() -> Said {
    said(
        say!("Với bản ghi này, “file:” không cho ra tên tệp nào.", "The pattern “file:” gives no name for this record."),
        say!(
            "Ghi chữ hay số vào ô mà mẫu tên dùng, hoặc bỏ “file:” để đặt tên theo số.",
            "Put letters or digits into the cell that the pattern names, or leave “file:” out to name files by number."
        ),
    )
}

pub(super) fn empty_shard(part: usize, of: usize, sheets: usize) -> Said {
    said(
        say!("Phần {part}/{of} không có tờ nào: cả ấn phẩm có {sheets} tờ.", "Part {part}/{of} has no sheet: there are {sheets} in all."),
        say!("Không cần làm gì; các phần khác có đủ.", "There is nothing to do: the other parts have them all."),
    )
}

pub(super) fn ticket_cut(key: &str) -> Said {
    said(
        say!("“{key}” dài quá, phiếu giao việc chỉ in được phần đầu.", "“{key}” is too long: the job ticket prints its beginning only."),
        say!("Viết ngắn lại, hoặc gửi kèm một tờ riêng.", "Say it in fewer words, or on a sheet of its own."),
    )
}
