//! The XMP packet (ISO 16684-1): what a file says of itself, in agreement with its Info dictionary.

use super::standard::{Print, Rules};
use super::{Meta, PRODUCER, stamp};
use std::fmt::Write;

/// The packet. The IDs are UUIDs.
pub(super) fn packet(meta: &Meta, rules: &Rules, document: &str, instance: &str) -> String {
    let title = escaped(&meta.title);
    let date = stamp(meta, rules);
    let mut out = String::from(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n  \
         <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" \
         xmlns:xmpMM=\"http://ns.adobe.com/xap/1.0/mm/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" \
         xmlns:pdfxid=\"http://www.npes.org/pdfx/ns/id/\" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\" \
         xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\" xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\" \
         xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n",
    );
    let mut say = |line: String| {
        // Writing to a string does not fail.
        let _ = writeln!(out, "   {line}");
    };
    say("<dc:format>application/pdf</dc:format>".into());
    say(format!("<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{title}</rdf:li></rdf:Alt></dc:title>"));
    if !meta.author.is_empty() {
        say(format!("<dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:creator>", escaped(&meta.author)));
    }
    say(format!("<dc:language><rdf:Bag><rdf:li>{}</rdf:li></rdf:Bag></dc:language>", escaped(&meta.language)));
    say(format!("<xmp:CreatorTool>{PRODUCER}</xmp:CreatorTool>"));
    for name in date.iter().flat_map(|_| ["CreateDate", "ModifyDate", "MetadataDate"]) {
        say(format!("<xmp:{name}>{}T00:00:00Z</xmp:{name}>", date.as_deref().unwrap_or_default()));
    }
    say(format!("<xmpMM:DocumentID>uuid:{document}</xmpMM:DocumentID>"));
    say(format!("<xmpMM:InstanceID>uuid:{instance}</xmpMM:InstanceID>"));
    say("<xmpMM:VersionID>1</xmpMM:VersionID>".into());
    say("<xmpMM:RenditionClass>default</xmpMM:RenditionClass>".into());
    say(format!("<pdf:Producer>{PRODUCER}</pdf:Producer>"));
    if rules.print.is_some() {
        say("<pdf:Trapped>False</pdf:Trapped>".into());
    }
    let print = match rules.print {
        Some(Print::InXmp(version)) => Some(version),
        _ => None,
    };
    if let Some(version) = print {
        say(format!("<pdfxid:GTS_PDFXVersion>{version}</pdfxid:GTS_PDFXVersion>"));
    }
    if let Some((part, level)) = rules.archive {
        say(format!("<pdfaid:part>{part}</pdfaid:part>"));
        say(format!("<pdfaid:conformance>{level}</pdfaid:conformance>"));
    }
    if let (Some(_), Some(_)) = (print, rules.archive) {
        // PDF/A knows neither of the two by itself (ISO 19005-2 §6.6.2.3).
        let trapped = schema("http://ns.adobe.com/pdf/1.3/", "pdf", "Adobe PDF", "Trapped", "Whether the document has been trapped");
        let id = schema("http://www.npes.org/pdfx/ns/id/", "pdfxid", "PDF/X ID", "GTS_PDFXVersion", "Version of PDF/X");
        say(format!("<pdfaExtension:schemas><rdf:Bag>{trapped}{id}</rdf:Bag></pdfaExtension:schemas>"));
    }
    out + "  </rdf:Description>\n </rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"w\"?>"
}

fn schema(uri: &str, prefix: &str, name: &str, property: &str, description: &str) -> String {
    format!(
        "<rdf:li rdf:parseType=\"Resource\"><pdfaSchema:schema>{name}</pdfaSchema:schema>\
         <pdfaSchema:namespaceURI>{uri}</pdfaSchema:namespaceURI><pdfaSchema:prefix>{prefix}</pdfaSchema:prefix>\
         <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\"><pdfaProperty:name>{property}</pdfaProperty:name>\
         <pdfaProperty:valueType>Text</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>\
         <pdfaProperty:description>{description}</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property></rdf:li>"
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
