//! What each command is for, in Vietnamese, and examples of each in both languages.

/// What is said of a command.
pub struct Command {
    /// Its words after `toroi`: `printer calibrate`.
    pub path: &'static str,
    pub about: &'static str,
    /// Its own arguments by their names in the program; those that commands share are in [`SHARED`].
    pub arguments: &'static [(&'static str, &'static str)],
    pub examples: &'static [Example],
}

/// A line to type, and what it does.
pub struct Example {
    pub line: &'static str,
    pub vi: &'static str,
    pub en: &'static str,
}

const fn example(line: &'static str, vi: &'static str, en: &'static str) -> Example {
    Example { line, vi, en }
}

/// Arguments of several commands.
pub const SHARED: &[(&str, &str)] = &[
    ("lang", "Ngôn ngữ của thông báo; không ghi thì theo hệ thống"),
    ("help", "Xem hướng dẫn này (--help: đầy đủ hơn)"),
    ("version", "Xem phiên bản"),
    ("campaign", "Tệp YAML của chiến dịch; `-` là đầu vào chuẩn, các tệp kèm theo lấy ở thư mục hiện tại"),
    ("out", "Thư mục ghi kết quả; `-` thì ghi tệp PDF duy nhất ra đầu ra chuẩn"),
    ("piece", "Chỉ dựng ấn phẩm này (ghi được nhiều lần)"),
    ("press", "In theo kiểu này thay cho kiểu ghi trong chiến dịch (ghi được nhiều lần)"),
    ("data", "Dùng bảng dữ liệu khác; `-` là bảng CSV từ đầu vào chuẩn"),
    ("set", "Thay một nội dung của chiến dịch (ghi được nhiều lần)"),
    ("records", "Chỉ dựng những bản ghi này, ví dụ 3-20 hoặc 7"),
    ("only", "Chỉ dựng bản ghi có giá trị này ở cột này (ghi được nhiều lần)"),
    ("sheet", "Xếp lên tờ in này thay cho tờ mà ấn phẩm hay kiểu in đã chọn; `none` là in đúng khổ từng ấn phẩm"),
    ("first", "Ô đầu tiên còn dùng được trên tờ thứ nhất, đếm từ trái sang, hết hàng trên xuống hàng dưới"),
    ("split", "Mỗi bản ghi một tệp, tên theo `file:` của ấn phẩm, trong một thư mục riêng"),
    ("shard", "Chỉ dựng một phần, ví dụ 3/10; số trang vẫn tính theo cả bộ"),
    ("printer", "Hồ sơ máy in văn phòng: tên đã đặt ở `printer calibrate`, hoặc một tệp"),
    ("proof", "Những mã QR nào được đọc lại từ ảnh của trang"),
    ("allow", "Cho qua một nhận xét: lỗi chỉ còn là cảnh báo, cảnh báo chỉ còn là gợi ý. Danh sách mã: toroi explain"),
    ("from", "Cho phép tệp của chiến dịch nằm cả trong thư mục này, ngoài thư mục của chiến dịch (ghi được nhiều lần)"),
    ("limit", "Nới hay siết một giới hạn, ví dụ records=5000 (ghi được nhiều lần); tên các giới hạn: toroi limits"),
    ("ppi", "Độ phân giải của ảnh, điểm ảnh trên một inch"),
    ("json", "Xuất kết quả dạng JSON cho máy đọc"),
];

pub const COMMANDS: &[Command] = &[
    Command {
        path: "",
        about: "Biến một chiến dịch viết bằng YAML thành tờ rơi, thông báo, tem dán in được ngay; mã QR nào cũng được đọc lại",
        arguments: &[],
        examples: &[
            example("toroi check campaign.yaml", "Xem có gì sai không", "Is anything wrong?"),
            example("toroi render campaign.yaml", "Dựng các tệp PDF trong thư mục out/", "Make the PDFs, in out/"),
            example("toroi formats", "Có những mẫu nào", "Which formats are there?"),
        ],
    },
    Command {
        path: "render",
        about: "Dựng các tệp PDF của một chiến dịch",
        arguments: &[
            ("formats", "Ghi ra những gì"),
            ("pack", "Thêm cho mỗi tệp một tệp zip gửi nhà in: tệp PDF, bản xem trước, tệp kê, phiếu giao việc"),
            ("manifest", "Ghi thêm bảng CSV cho biết cái gì nằm ở đâu: bản ghi, số, nội dung mã, tệp, trang, ô"),
        ],
        examples: &[
            example("toroi render campaign.yaml", "Mọi ấn phẩm, ghi vào out/", "Every piece, into out/"),
            example(
                "toroi render campaign.yaml --piece to-roi --press office",
                "Một ấn phẩm, cho máy in văn phòng",
                "One piece, for the printer in the office",
            ),
            example(
                "toroi render campaign.yaml --piece tem-xe --records 3-20 --split",
                "Bản ghi 3 đến 20, mỗi bản ghi một tệp",
                "Records 3 to 20, a file for each",
            ),
            example(
                "toroi render campaign.yaml --piece to-roi --press offset -o - > to-roi.pdf",
                "Ghi một tệp PDF ra đầu ra chuẩn",
                "One PDF to standard output",
            ),
        ],
    },
    Command {
        path: "check",
        about: "Tìm chỗ sai mà không ghi tệp nào",
        arguments: &[],
        examples: &[
            example("toroi check campaign.yaml", "Xem mọi ấn phẩm", "Look at every piece"),
            example("toroi check campaign.yaml --data thang-9.csv", "Thử với một bảng khác", "Try another table"),
            example("toroi check campaign.yaml --allow low-contrast", "Cho qua một nhận xét", "Let one judgement pass"),
        ],
    },
    Command {
        path: "preview",
        about: "Dựng ảnh PNG của từng trang, hoặc tờ duyệt để ký",
        arguments: &[(
            "contact",
            "Dựng tờ duyệt: mọi ấn phẩm thu nhỏ, vẽ đè khổ cắt, phần chừa xén, các hộp và những chỗ cần xem, dạng PDF và PNG",
        )],
        examples: &[
            example("toroi preview campaign.yaml", "Ảnh của từng trang", "A picture of every page"),
            example("toroi preview campaign.yaml --contact", "Tờ duyệt để lãnh đạo ký", "A proof sheet to sign"),
            example("toroi preview campaign.yaml --ppi 300 -o anh", "Ảnh nét hơn, vào thư mục anh/", "Sharper pictures, into anh/"),
        ],
    },
    Command {
        path: "inspect",
        about: "Xem một tệp PDF bất kỳ: là tệp gì, mã QR ghi gì, và nhà in có thể không nhận vì sao",
        arguments: &[("files", "Các tệp PDF; `-` là đầu vào chuẩn"), ("press", "Xét theo yêu cầu của kiểu in này")],
        examples: &[
            example("toroi inspect tu-nha-in.pdf", "Xem tệp nhà in gửi lại", "Look at what the print shop sent back"),
            example("toroi inspect tu-nha-in.pdf --press offset", "Xét theo yêu cầu in offset", "Judge it by what offset asks for"),
            example("toroi inspect - < tu-nha-in.pdf", "Đọc tệp từ đầu vào chuẩn", "Read it from standard input"),
        ],
    },
    Command {
        path: "explain",
        about: "Giải thích một loại lỗi kèm ví dụ; không ghi mã thì liệt kê tất cả",
        arguments: &[("code", "Mã ghi trong ngoặc vuông trước thông báo, ví dụ qr-too-dense")],
        examples: &[
            example("toroi explain qr-too-dense", "Mã QR quá dày là thế nào", "What it means that a code is too dense"),
            example("toroi explain", "Tất cả các mã", "All codes"),
        ],
    },
    Command {
        path: "limits",
        about: "Liệt kê các giới hạn đối với tệp đưa vào, theo tên dùng ở --limit",
        arguments: &[],
        examples: &[
            example("toroi limits", "Mọi giới hạn, kèm mức có sẵn", "All limits with their defaults"),
            example("toroi check campaign.yaml --limit records=2000000", "Nới một giới hạn", "Raise one of them"),
        ],
    },
    Command {
        path: "sheets",
        about: "Liệt kê các tờ in để xếp ấn phẩm lên",
        arguments: &[],
        examples: &[
            example("toroi sheets", "Các tờ in có sẵn", "The sheets that there are"),
            example("toroi sheets --json", "Kèm số ô và kích thước, cho máy đọc", "With their slots and measures, for machines"),
        ],
    },
    Command {
        path: "watch",
        about: "Cứ lưu tệp là dựng lại: chiến dịch, bảng dữ liệu, ảnh, mẫu",
        arguments: &[],
        examples: &[
            example(
                "toroi watch campaign.yaml",
                "Giữ PDF và ảnh trong out/ luôn mới; Ctrl-C để thôi",
                "Keep PDFs and pictures in out/ fresh; Ctrl-C ends",
            ),
            example(
                "toroi watch campaign.yaml --piece tem-xe --records 1",
                "Chỉ một ấn phẩm, một bản ghi: nhanh hơn",
                "One piece and one record: faster",
            ),
        ],
    },
    Command {
        path: "fonts",
        about: "Liệt kê các họ phông, có sẵn và của chiến dịch, và chữ tiếng Việt nào còn thiếu",
        arguments: &[("campaign", "Tệp YAML của chiến dịch; không ghi thì chỉ xem các họ phông có sẵn")],
        examples: &[
            example("toroi fonts", "Các họ phông có sẵn", "The families built in"),
            example("toroi fonts campaign.yaml", "Thêm phông của chiến dịch", "Those of a campaign too"),
        ],
    },
    Command {
        path: "printer",
        about: "Hồ sơ của máy in văn phòng",
        arguments: &[],
        examples: &[
            example("toroi printer calibrate van-thu", "Đo máy in của văn thư", "Measure the printer at the front desk"),
            example("toroi render campaign.yaml --press office --printer van-thu", "Rồi in theo số đo ấy", "Then print by those measures"),
        ],
    },
    Command {
        path: "printer calibrate",
        about: "Đo một máy in: in một tờ, đo bốn chỗ trên giấy, lưu lại thành hồ sơ",
        arguments: &[
            ("name", "Tên của hồ sơ"),
            ("out", "Thư mục để ghi tờ cần in"),
            ("left", "Từ mép trái tờ giấy đến vạch đứng, milimét (đúng ra là 20)"),
            ("top", "Từ mép trên tờ giấy đến vạch ngang, milimét (đúng ra là 20)"),
            ("length", "Độ dài đoạn ngang, hoặc cả hai: ngang/đứng, milimét (đúng ra là 150/200)"),
            ("back", "Mặt sau, đo từ mép trái, hoặc cả hai: trái/trên, milimét (đúng ra là 20/20)"),
            ("margin", "Số của khung ngoài cùng còn đủ bốn cạnh, tức là lề mà máy không in tới, milimét"),
        ],
        examples: &[
            example("toroi printer calibrate van-thu", "Dựng tờ để in và đo", "Make the sheet to print and measure"),
            example(
                "toroi printer calibrate van-thu --left 20,8 --top 18,8 --length 147/196 --back 21,4/20",
                "Lưu những số đã đo",
                "Keep what was measured",
            ),
        ],
    },
    Command {
        path: "new",
        about: "Bắt đầu một chiến dịch: thư mục có tệp YAML kèm lời dặn, bảng mẫu, và dựng luôn những trang đầu",
        arguments: &[
            ("format", "Tên của một mẫu, xem `toroi formats`; không ghi thì máy hỏi từng điều"),
            ("folder", "Thư mục sẽ tạo"),
            ("size", "Một khổ của mẫu"),
            ("languages", "Ngôn ngữ trên bản in: vi, en, hoặc vi,en"),
            ("name", "Tên cơ quan, đơn vị"),
            ("link", "Địa chỉ mà mã QR mở ra"),
            ("press", "Kiểu in: office, offset, vinyl, screen, …"),
            ("list", "Chỉ liệt kê các mẫu, mỗi mẫu kèm một hình"),
        ],
        examples: &[
            example("toroi new", "Máy hỏi từng điều", "It asks for one thing after the other"),
            example("toroi new leaflet kham-suc-khoe", "Tờ rơi, vào thư mục kham-suc-khoe/", "A leaflet, into kham-suc-khoe/"),
            example(
                "toroi new hotel-notice phong --languages vi,en --name \"Nhà nghỉ Sông Thao\"",
                "Thông báo phòng, hai thứ tiếng",
                "A notice for rooms, in two languages",
            ),
            example("toroi new --list", "Xem hình các mẫu", "See what the formats look like"),
        ],
    },
    Command {
        path: "drawings",
        about: "Liệt kê các hình vẽ có sẵn, gọi bằng tên trong chiến dịch",
        arguments: &[],
        examples: &[
            example("toroi drawings", "Tên các hình vẽ", "The names of the drawings"),
            example("toroi drawings | grep phone", "Những hình có điện thoại", "Those of telephones"),
        ],
    },
    Command {
        path: "schema",
        about: "Xuất lược đồ JSON để trình soạn thảo gợi ý và bắt lỗi khi gõ YAML; không ghi loại thì liệt kê",
        arguments: &[("kind", "Loại tệp YAML"), ("out", "Ghi ra tệp này")],
        examples: &[
            example("toroi schema campaign --out campaign.schema.json", "Lưu lược đồ của chiến dịch", "Keep the schema of campaigns"),
            example("toroi schema", "Có những loại nào, và cách dùng", "Which kinds there are, and how they are used"),
        ],
    },
    Command {
        path: "formats",
        about: "Liệt kê các mẫu, hoặc các khổ và nội dung cần có của một mẫu",
        arguments: &[("name", "Tên của một mẫu")],
        examples: &[
            example("toroi formats", "Có những mẫu nào", "Which formats are there?"),
            example("toroi formats leaflet", "Tờ rơi cần những nội dung gì", "What a leaflet takes"),
        ],
    },
    Command {
        path: "completions",
        about: "Xuất đoạn lệnh để shell tự điền nốt khi đang gõ",
        arguments: &[("shell", "Loại shell")],
        examples: &[
            example(
                "toroi completions bash > ~/.local/share/bash-completion/completions/toroi",
                "bash: dùng được từ cửa sổ sau",
                "bash: from the next window on",
            ),
            example("toroi completions fish > ~/.config/fish/completions/toroi.fish", "fish: dùng được ngay", "fish: at once"),
            example(
                "toroi completions zsh > _toroi",
                "zsh: đặt tệp này vào một thư mục trong $fpath",
                "zsh: put the file into a folder of $fpath",
            ),
            example(
                "toroi completions powershell >> $PROFILE",
                "PowerShell: dùng được từ cửa sổ sau",
                "PowerShell: from the next window on",
            ),
        ],
    },
    Command {
        path: "man",
        about: "Xuất trang hướng dẫn của một lệnh, để xem bằng `man`",
        arguments: &[
            ("command", "Tên lệnh, ví dụ `render` hay `printer calibrate`; không ghi thì là trang của `toroi`"),
            ("all", "Ghi trang của mọi lệnh vào thư mục này"),
        ],
        examples: &[
            example("toroi man render | man -l -", "Đọc trang của một lệnh", "Read the page of a command"),
            example("toroi man --all ~/.local/share/man/man1", "Cài mọi trang cho mình", "Install all pages for yourself"),
        ],
    },
    Command {
        path: "help",
        about: "Xem hướng dẫn của một lệnh",
        arguments: &[("command", "Tên lệnh")],
        examples: &[
            example("toroi help render", "Hướng dẫn của `render`", "The help of `render`"),
            example("toroi help printer calibrate", "Của một lệnh con", "Of a command below another"),
        ],
    },
];
