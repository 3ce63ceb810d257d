use super::*;
use crate::qr::payload::{Doubt, Name, Payload, Vcard, Wifi, doubts, write};
use proptest::prelude::*;

fn scheme(scheme: &str) -> Trap {
    Trap::Scheme { scheme: scheme.into() }
}

#[test]
fn schemes_that_act_are_refused_however_they_are_written() {
    for (payload, name) in [
        ("javascript:alert(1)", "javascript"),
        ("JavaScript:alert(1)", "javascript"),
        ("  javascript:alert(1)", "javascript"),
        ("\u{1}javascript:alert(1)", "javascript"),
        ("java\tscript:alert(1)", "javascript"),
        ("java\r\nscript:alert(1)", "javascript"),
        ("java\u{200b}script:alert(1)", "javascript"),
        ("\u{feff}javascript:alert(1)", "javascript"),
        ("javascript: alert('Lưu ý')", "javascript"),
        ("javascript://mo.vn/%0aalert(1)", "javascript"),
        ("“javascript:alert(1)”", "javascript"),
        ("URL:javascript:alert(1)", "javascript"),
        ("MEBKM:TITLE:Mo;URL:javascript\\:x;;", "javascript"),
        ("MECARD:N:An;URL:javascript:x;;", "javascript"),
        ("BEGIN:VCARD\nFN:An\nURL:javascript:x\nEND:VCARD", "javascript"),
        ("BEGIN:VCARD\r\nitem1.URL;type=pref:java\r\n script:x\r\nEND:VCARD", "javascript"),
        ("BEGIN:VCARD\r\nURL:java\r\n\tscript:x\r\nEND:VCARD", "javascript"),
        ("BEGIN:VCARD\nURL:java\n\tscript:x\nEND:VCARD", "javascript"),
        ("BEGIN:VCARD\rURL:javascript:x\rEND:VCARD", "javascript"),
        ("BEGIN:VCARD\nURL:java\\nscript:x\nEND:VCARD", "javascript"),
        ("BEGIN:VCARD\nURL;ENCODING=QUOTED-PRINTABLE:=6Aava=\nscript=3Ax\nEND:VCARD", "javascript"),
        ("BEGIN:VCARD\r\nURL;QUOTED-PRINTABLE:java=\r\nscript:x\r\nEND:VCARD", "javascript"),
        ("MECARD:N:An;URL:java\\script\\:x;;", "javascript"),
        ("MECARD:N:An\\;B;URL:javascript\\:x;;", "javascript"),
        ("vbscript:msgbox(1)", "vbscript"),
        ("VBSCRIPT:x", "vbscript"),
        ("view-source:https://mo.vn", "view-source"),
        ("data:text/html,<script>alert(1)</script>", "data"),
        ("data: text/html;base64,PHNjcmlwdD4=", "data"),
        ("DATA:image/svg+xml,<svg onload=x>", "data"),
        ("data:,x", "data"),
        ("data:;base64,eA==", "data"),
        ("blob:https://mo.vn/1-2", "blob"),
        ("about:blank", "about"),
        ("ABOUT:config", "about"),
        ("intent://mo.vn#Intent;scheme=http;package=x;end", "intent"),
        ("intent:#Intent;action=android.intent.action.CALL;S.a=b c;end", "intent"),
        ("content://sms/inbox", "content"),
        ("filesystem:https://mo.vn/x", "filesystem"),
        ("ms-msdt:/id PCWDiagnostic", "ms-msdt"),
        ("ms-appinstaller:?source=https://mo.vn/x", "ms-appinstaller"),
        ("ms-word:ofe|u|https://mo.vn/x.docx", "ms-word"),
        ("MS-Settings:", "ms-settings"),
        ("search-ms:query=x&crumb=location:x", "search-ms"),
        ("search:query=x", "search"),
        ("itms-services://?action=download-manifest&url=x", "itms-services"),
        ("smb://mo.vn/x", "smb"),
        ("shell:startup", "shell"),
        ("jar:https://mo.vn/x!/y", "jar"),
        ("sgnl://linkdevice?uuid=x&pub_key=y", "sgnl"),
        ("tg://login?token=x", "tg"),
    ] {
        assert!(traps(payload).contains(&scheme(name)), "{payload}: {:?}", traps(payload));
    }
    for payload in ["file:///etc/passwd", "FILE:\\\\mo\\x", "fi\tle:///x", " file: ///x", "\u{feff}file:x.html"] {
        assert_eq!(doubts(payload), [Doubt::LocalFile], "{payload}");
    }
}

#[test]
fn codes_of_the_network_are_refused() {
    for (payload, code) in [
        ("tel:*21*0912345678#", "*21*0912345678#"),
        ("TEL:*%2306%23", "*#06#"),
        ("tel:%2A21%2A0912345678%23", "*21*0912345678#"),
        ("tel://**21*1#", "**21*1#"),
        ("te\tl:*101#", "*101#"),
        ("tel:##002#", "##002#"),
        ("tel:*101#,1", "*101#"),
        ("telprompt:*101#", "*101#"),
        ("sms:*101#", "*101#"),
        ("SMSTO:*101#:NAP", "*101#"),
        ("sms:*101%23?body=x", "*101#"),
        ("MECARD:N:An;TEL:*101#;;", "*101#"),
        ("BEGIN:VCARD\nTEL;TYPE=CELL:*21*1#\nEND:VCARD", "*21*1#"),
        ("BEGIN:VCARD\nTEL;VALUE=uri:tel:*21*1#\nEND:VCARD", "*21*1#"),
        ("BEGIN:VCARD\nTEL;ENCODING=QUOTED-PRINTABLE:=2A21=2A0912345678=23\nEND:VCARD", "*21*0912345678#"),
        ("BEGIN:VCARD\nTEL:\\;*21*1#\nEND:VCARD", "*21*1#"),
        ("tel:&*21*0912345678%23", "*21*0912345678#"),
        ("tel::*21*0912345678#", "*21*0912345678#"),
        ("tel:,;?*21*0912345678#", "*21*0912345678#"),
        ("tel:%E2%80%8B*21*1#", "*21*1#"),
        ("tel:đ*21*1#", "*21*1#"),
        ("tel:+*21*1#", "+*21*1#"),
        ("tel:*21*abc#", "*21*abc#"),
        ("tel:(*21) - 0912.345.678#", "*21) - 0912.345.678#"),
        ("TEL: *101# (miễn phí)", "*101# (miễn"),
        ("*#06#", "*#06#"),
        ("*#*#4636#*#*", "*#*#4636#*#*"),
        ("**21*0912345678#", "**21*0912345678#"),
    ] {
        assert_eq!(traps(payload), [Trap::Dialling { code: code.into() }], "{payload}");
    }
    for kind in [Payload::Tel("*#06#".into()), Payload::Tel("*21*0912345678#".into())] {
        assert!(write(&kind).is_err(), "{kind:?}");
    }
}

#[test]
fn signs_that_change_what_is_read_are_refused() {
    for control in ['\0', '\u{1}', '\u{7}', '\u{8}', '\u{b}', '\u{c}', '\u{1b}', '\u{1f}', '\u{7f}', '\u{80}', '\u{85}', '\u{9f}'] {
        for payload in [format!("Mời{control}bà con"), format!("https://mo.vn/{control}x"), format!("WIFI:T:nopass;S:a{control};;")] {
            assert_eq!(traps(&payload), [Trap::Control(control)], "{payload:?}");
        }
    }
    for turning in ('\u{202a}'..='\u{202e}').chain('\u{2066}'..='\u{2069}') {
        for payload in [
            format!("Mời {turning}bà con"),
            format!("https://mo.vn/{turning}gpj.exe"),
            format!("BEGIN:VCARD\r\nFN:An{turning}\r\nEND:VCARD\r\n"),
            format!("SMSTO:0912345678:{turning}x"),
        ] {
            assert_eq!(traps(&payload), [Trap::Turning(turning)], "{payload:?}");
        }
    }
    assert_eq!(traps("https://mo.vn/%E2%80%AEx"), [Trap::Turning('\u{202e}')]);
    assert_eq!(traps("geo:21.3,105.2?q=21.3,105.2(%E2%81%A6x)"), [Trap::Turning('\u{2066}')]);
    assert_eq!(traps("https://mo.vn/a%00b"), [Trap::Control('\0')]);
    assert_eq!(traps("BEGIN:VCARD\nNOTE;ENCODING=QUOTED-PRINTABLE:=E2=80=AEx\nEND:VCARD"), [Trap::Turning('\u{202e}')]);
}

#[test]
fn addresses_that_hide_their_host_are_refused() {
    let user = |host: &str| Trap::User { host: host.into() };
    let number = |host: &str| Trap::Number { host: host.into() };
    for (payload, trap) in [
        ("https://vietcombank.com.vn@mo.vn/x", user("mo.vn")),
        ("https://vietcombank.com.vn:443@mo.vn", user("mo.vn")),
        ("HTTPS://A@MO.VN", user("MO.VN")),
        ("Mời bà con vào https://vietcombank.com.vn@mo.vn", user("mo.vn")),
        ("SMSTO:0912345678:https://a@mo.vn", user("mo.vn")),
        ("MECARD:N:An;URL:https\\://a@mo.vn;;", user("mo.vn")),
        ("MECARD:N:An;URL:http\\s\\://bank.vn@evil.vn;;", user("evil.vn")),
        ("MECARD:N:An;URL:https\\://bank.vn\\;x@evil.vn;;", user("evil.vn")),
        ("MECARD:N:An;NOTE:xem https\\://bank.vn@evil.vn;;", user("evil.vn")),
        ("BEGIN:VCARD\nURL:https://bank.vn\\n@evil.vn\nEND:VCARD", user("evil.vn")),
        ("BEGIN:VCARD\nNOTE:xem https://bank\n .vn@evil.vn\nEND:VCARD", user("evil.vn")),
        ("BEGIN:VCARD\nURL;ENCODING=QUOTED-PRINTABLE:https://bank.vn=40evil.vn\nEND:VCARD", user("evil.vn")),
        ("URL:https://bank.vn\t@evil.vn", user("evil.vn")),
        ("URL:https://bank.vn;x@evil.vn", user("evil.vn")),
        ("URL:https:bank.vn@evil.vn", user("evil.vn")),
        ("https://bank.vn&x@evil.vn", user("evil.vn")),
        ("https://bank.vn;x@evil.vn", user("evil.vn")),
        ("\u{3164}“https://bank.vn;x@evil.vn”", user("evil.vn")),
        ("https:\t//bank.vn@evil.vn", user("evil.vn")),
        ("https:/\n/bank.vn@evil.vn", user("evil.vn")),
        ("ht\ttps://bank.vn@evil.vn", user("evil.vn")),
        (" \r\nhttp\r\ns\n://bank.vn@evil.vn", user("evil.vn")),
        ("Wifi: https://bank.vn@evil.vn", user("evil.vn")),
        ("Wifi: vào https://bank.vn@evil.vn", user("evil.vn")),
        ("https:\t\\/mo.vn", Trap::Backslash),
        ("MECARD:N:An;URL:https\\://mo.vn\\\\x;;", Trap::Backslash),
        ("BEGIN:VCARD\nURL:https://mo.vn\\\\x\nEND:VCARD", Trap::Backslash),
        ("BEGIN:VCARD\nURL:https://mo.vn\\x\nEND:VCARD", Trap::Backslash),
        ("https://２１３０７０６４３３/", number("２１３０７０６４３３")),
        ("https://𝟐𝟏𝟑𝟎𝟕𝟎𝟔𝟒𝟑𝟑/", number("𝟐𝟏𝟑𝟎𝟕𝟎𝟔𝟒𝟑𝟑")),
        ("https://１.２.３.４/", number("１.２.３.４")),
        ("https://213\u{ad}0706433/", number("213\u{ad}0706433")),
        ("https:\\\\mo.vn", Trap::Backslash),
        ("https:/\\mo.vn", Trap::Backslash),
        ("https://mo.vn\\x", Trap::Backslash),
        ("https://good.vn\\@mo.vn", Trap::Backslash),
        ("https://mo.vn/a\\b", Trap::Backslash),
        ("http://2130706433/", number("2130706433")),
        ("http://0x7f.1/", number("0x7f.1")),
        ("http://0x7F000001:80/", number("0x7F000001")),
        ("https://0177.0.0.1/", number("0177.0.0.1")),
        ("https://10.1/", number("10.1")),
        ("https://mo.vn.1/", number("mo.vn.1")),
        ("https://mo.0x/", number("mo.0x")),
        ("https://mo%2evn/x", Trap::HostSign { host: "mo%2evn".into(), sign: '%' }),
        ("https://vcb.vn％2fx", Trap::HostSign { host: "vcb.vn％2fx".into(), sign: '％' }),
        ("https://vcb․vn/x", Trap::HostSign { host: "vcb․vn".into(), sign: '․' }),
        ("https://vcb。vn/x", Trap::HostSign { host: "vcb。vn".into(), sign: '。' }),
        ("https://vcb.vn／x.mo.vn", Trap::HostSign { host: "vcb.vn／x.mo.vn".into(), sign: '／' }),
        ("https://vcb.vn⁄x.mo.vn", Trap::HostSign { host: "vcb.vn⁄x.mo.vn".into(), sign: '⁄' }),
        ("https://vcb.vn∕x.mo.vn", Trap::HostSign { host: "vcb.vn∕x.mo.vn".into(), sign: '∕' }),
        ("https://vcb.vn：80.mo.vn", Trap::HostSign { host: "vcb.vn：80.mo.vn".into(), sign: '：' }),
        ("https://vcb.vn？x.mo.vn", Trap::HostSign { host: "vcb.vn？x.mo.vn".into(), sign: '？' }),
        ("https://vcb.vn＃x.mo.vn", Trap::HostSign { host: "vcb.vn＃x.mo.vn".into(), sign: '＃' }),
    ] {
        assert!(traps(payload).contains(&trap), "{payload}: {:?}", traps(payload));
        assert!(write(&Payload::Url(payload.into())).is_err() || !payload.to_lowercase().starts_with("http"), "{payload}");
    }
}

#[test]
fn signs_that_are_not_seen_break_an_address() {
    for sign in [
        '\u{a0}',
        '\u{ad}',
        '\u{34f}',
        '\u{61c}',
        '\u{200b}',
        '\u{200c}',
        '\u{200d}',
        '\u{200e}',
        '\u{200f}',
        '\u{2028}',
        '\u{202f}',
        '\u{2060}',
        '\u{206a}',
        '\u{3000}',
        '\u{3164}',
        '\u{fe0f}',
        '\u{feff}',
        '\u{e0001}',
        '\u{e0041}',
        '\u{e007f}',
    ] {
        let address = format!("https://mo.vn/{sign}x");
        assert!(doubts(&address).contains(&Doubt::Invisible(sign)), "{address:?}");
        assert!(write(&Payload::Url(address.clone())).is_err(), "{address:?}");
    }
    // As a cell brings it into an address.
    assert_eq!(doubts("https://mo.vn/%E2%80%8Bx"), [Doubt::Invisible('\u{200b}')]);
    assert_eq!(doubts("https://mo.vn/\nx"), [Doubt::LineBreak]);
    assert_eq!(doubts("https://mo.vn\tx"), [Doubt::LineBreak]);
}

#[test]
fn sound_payloads_are_no_traps() {
    for payload in [
        "Lưu ý: gửi xe ở sân sau.",
        "Tuyến 5: Việt Trì – Lâm Thao, 30 phút một chuyến",
        "Note: keep left",
        "Data: 5 GB tốc độ cao, 30 ngày",
        "Data: video/ảnh không giới hạn, 30 ngày",
        "About: trung tâm y tế",
        "File: mẫu số 01",
        "Content: nội dung tập huấn",
        "Shell: trạm xăng dầu số 4",
        "Search: tìm theo biển số",
        "MS-01: phòng họp",
        "MS-AB: tủ thuốc",
        "MS-KH01:Nguyễn Văn An",
        "MS-01A:phòng họp",
        "SMS: soạn DK *101# gửi 191",
        "SMS: *101# gửi 191 để xem",
        "Tel: gọi *101# để xem số dư",
        "TEL: 0210 3744 991 (máy lẻ *5)",
        "Intent: to be filled in",
        "Mã: 12*3#",
        "#12",
        "***",
        "Gọi *101# để xem số dư",
        "Giờ mở cửa:\n07:30–11:00\n13:30–17:00",
        "Tên\tGiá\nPhở\t45.000",
        "Ngã tư Cầu Giấy: rẽ phải",
        "https://www.bluezone.gov.vn/",
        "https://moh.gov.vn/",
        "HTTPS://MO.VN/7KX2",
        "https://mo.vn/khai-bao?id=12&ma=3#a",
        "https://mo.vn/@xa-son-vi",
        "https://mo.vn/?email=a@b.vn",
        "https://mo.vn/?back=https://a.vn/x",
        "https://mo.vn:8443/x",
        "https://172.15.0.1/",
        "http://[2001:db8::7]/c",
        "https://xn--tmkim-tsa2654c.vn/",
        "https://wa.me/84912345678?text=M%E1%BB%9Di%0Axem",
        "https://zalo.me/0912345678",
        "https://m.me/trangxa",
        "https://mo.vn/t%C3%ACm%20ki%E1%BA%BFm",
        "zalo://conversation?phone=0912345678",
        "market://details?id=vn.gov.bluezone",
        "itms-apps://apps.apple.com/app/id1",
        "tel:+842103744991",
        "tel:18001091",
        "tel:19009095,,1#",
        "sms:0912345678?body=NAP%20*101%23",
        "SMSTO:0912345678:Xe 19B-012.34: hỏng *101#",
        "mailto:vanthu@lamthao.gov.vn?subject=G%C3%B3p%20%C3%BD",
        "geo:21.3,105.2?q=21.3,105.2(Nh%C3%A0%20v%C4%83n%20h%C3%B3a)",
        "WIFI:T:WPA;S:Sông Thao;P:chao1496\\;an;;",
        "WIFI:T:nopass;S:javascript\\:x;;",
        "BEGIN:VCARD\r\nVERSION:3.0\r\nN:;;;;\r\nFN:UBND xã Lâm Thao\r\nTEL:+842103744991\r\nURL:https://mo.vn\r\nEND:VCARD\r\n",
        "MECARD:N:An;TEL:0912345678;URL:https\\://mo.vn;;",
        "MECARD:N:UBND;URL:https\\://mo.vn;EMAIL:vanthu@mo.vn;;",
        "MECARD:N:UBND;URL:https\\://mo.vn/x\\;y;;",
        "MECARD:N:UBND;NOTE:Web https\\://mo.vn\\, hộp thư vanthu@mo.vn;;",
        "MATMSG:TO:vanthu@mo.vn;SUB:Góp ý;BODY:https\\://mo.vn;;",
        "mailto:a@mo.vn?body=https://mo.vn&cc=b@mo.vn",
        "https://mo.vn/?next=https://dvc.gov.vn&user=a@b.vn",
        "Web: https://mo.vn;vanthu@mo.vn",
        "Wifi: mật khẩu in ở quầy; web: https://mo.vn",
        "Begin: 7 giờ\n địa chỉ https://mo.vn\n vanthu@mo.vn",
        "BEGIN:VCARD\r\nFN:An\r\nNOTE:https://mo.vn\\nvanthu@mo.vn\r\nEND:VCARD\r\n",
        "BEGIN:VCARD\nFN:An\nTEL;TYPE=work:0210 3744 991\\, máy lẻ *5\nEND:VCARD",
        "00020101021138570010A00000072701270006970436011300110123456780208QRIBFTTA53037045802VN63047DC2",
        "LPA:1$smdp.vn$ABC",
        "otpauth://totp/mo?secret=ABC",
        "Đội y tế 👨‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ❤️",
        "Лето: жара",
        "مرحبا بكم",
        "19B-012.34",
        "LT-00001",
        "C: 12, D: 13",
    ] {
        assert_eq!(traps(payload), [], "{payload}");
        let is_wrong = |doubt: &Doubt| doubt.is_broken() || matches!(doubt, Doubt::LookAlike { .. });
        assert!(!doubts(payload).iter().any(is_wrong), "{payload}: {:?}", doubts(payload));
    }
}

#[test]
fn cards_that_are_written_are_no_traps() {
    let card = || Vcard {
        name: Name::Whole("An".into()),
        url: "https://mo.vn/x;y,z".into(),
        tel: vec!["0210 3744 991".into()],
        ..Vcard::default()
    };
    for text in [
        "Web: https://mo.vn, ĐT 0210 3744 991",
        "Web: https://mo.vn; ĐT 0210 3744 991",
        "Web: https://mo.vn\nĐT 0210 3744 991",
        "https://mo.vn\nvanthu@mo.vn",
        "https://mo.vn/a\r\nhttps://mo.vn/b",
    ] {
        for card in [
            Vcard { note: text.into(), ..card() },
            Vcard { org: text.into(), ..card() },
            Vcard { address: text.into(), ..card() },
            Vcard { title: text.into(), ..card() },
            Vcard { name: Name::Whole(text.into()), ..card() },
        ] {
            let written = write(&Payload::Vcard(card)).unwrap().unwrap().text;
            assert_eq!((traps(&written), doubts(&written)), (vec![], vec![]), "{written}");
        }
    }
    let wifi = Wifi { ssid: "a\\b;c:d,e".into(), password: "12345678\\;".into(), ..Wifi::default() };
    assert_eq!(traps(&write(&Payload::Wifi(wifi)).unwrap().unwrap().text), []);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn vietnamese_texts_are_no_traps(
        words in prop::collection::vec("[A-ZĐƠƯa-zà-ỹăđĩũơưạ-ỹ]{1,7}", 1..12),
        signs in prop::collection::vec(prop::sample::select(vec![": ", ", ", " – ", " ", ". ", "\n", "; ", " (", ") ", "/", "-", " 5: "]), 12),
    ) {
        let text: String = words.iter().zip(&signs).flat_map(|(word, sign)| [word.as_str(), sign]).collect();
        let text = text.trim();
        // Two words of the list behind one another would be meant.
        prop_assume!(!ACTING.iter().any(|word| text.to_ascii_lowercase().starts_with(&format!("{word}:"))));
        prop_assert_eq!(traps(text), []);
        let is_wrong = |doubt: &Doubt| doubt.is_broken() || matches!(doubt, Doubt::LookAlike { .. });
        prop_assert_eq!(doubts(text).into_iter().filter(is_wrong).collect::<Vec<_>>(), []);
    }

    #[test]
    fn whatever_stands_before_a_scheme_unseen_does_not_hide_it(
        unseen in "[\u{0}-\u{20}\u{200b}-\u{200f}\u{feff}]{0,6}",
        name in prop::sample::select(ACTING.to_vec()),
    ) {
        let payload = format!("{unseen}{}:x", name.to_ascii_uppercase());
        prop_assert!(traps(&payload).contains(&scheme(name)), "{:?}", payload);
    }

    #[test]
    fn nothing_that_is_written_makes_it_stumble(text in any::<String>(), host in "\\PC{0,20}") {
        let forms = [
            text.clone(),
            format!("https://{host}"),
            format!("https:{text}"),
            format!("BEGIN:VCARD\nURL:{text}"),
            format!("BEGIN:VCARD\nURL;QUOTED-PRINTABLE:{text}="),
            format!("MECARD:URL:{text}"),
            format!("tel:{text}"),
            format!("xn--{host}.vn"),
        ];
        for payload in forms {
            traps(&payload);
            doubts(&payload);
        }
    }
}
