//! Files that are what they are called pass; all others are told by name what is wrong.

use super::{Kind, check, check_scan};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\x9cc\xf8\x0f\0\0\x01\x01\0\x05\x18\xd8N\0\0\0\0IEND\xaeB`\x82";
const JPEG: &[u8] = b"\xff\xd8\xff\xe0\0\x04\xff\xd9\xff\xda\0\x03\x01\x12\xff\0\x34\xff\xd0\x56\xff\xd9";
const GIF: &[u8] = b"GIF89a\x01\0\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";
const ZIP: &[u8] = b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";

fn pdf() -> Vec<u8> {
    kith_pdf::write(&kith_pdf::Paper::default()).unwrap()
}

fn code(bytes: &[u8], name: &str, mime: &str) -> String {
    check(bytes, name, mime).err().map_or_else(String::new, |refusal| refusal.code.to_string())
}

#[test]
fn whole_files_pass() {
    assert_eq!(code(&pdf(), "a.pdf", "application/pdf"), "");
    for (bytes, name, mime) in [
        (PNG, "a.png", "image/png"),
        (JPEG, "a.JPG", "image/jpeg"),
        (GIF, "a.gif", "image/gif"),
        (ZIP, "a.docx", "application/zip"),
        (b"Delivered.", "a.txt", "text/plain"),
        (b"<html></html>", "a.html", "text/html"),
        (b"what nobody knows", "a.bin", "application/octet-stream"),
    ] {
        assert_eq!(code(bytes, name, mime), "", "{name}");
    }
}

#[test]
fn a_web_page_is_no_pdf_by_its_name_or_its_type() {
    let page = b"\n<!DOCTYPE html><html><body>Sign in</body></html>";
    assert_eq!(code(page, "a.pdf", "application/pdf"), "document.content_mismatch");
    assert_eq!(code(page, "a.pdf", "text/html"), "document.content_mismatch");
    assert_eq!(code(page, "a.pdf", "application/octet-stream"), "document.content_mismatch");
    assert_eq!(code(page, "a", "application/pdf"), "document.content_mismatch");
    assert_eq!(code(PNG, "a.pdf", "image/png"), "document.content_mismatch");
    assert_eq!(code(PNG, "a", "text/plain"), "document.content_mismatch");
    let refusal = check(page, "a.pdf", "application/pdf").unwrap_err();
    assert_eq!(refusal.sentence, "The file is called a PDF, but its content is a web page.");
}

#[test]
fn what_is_cut_off_anywhere_is_told() {
    let whole = pdf();
    for most in [whole.len() / 2, whole.len() * 9 / 10, whole.len() - 8] {
        assert_eq!(code(&whole[..most], "a.pdf", "application/pdf"), "document.cut_off", "{most}");
    }
    let mut without = whole.clone();
    let middle = without.len() / 2;
    without.drain(100..middle);
    assert_eq!(code(&without, "a.pdf", "application/pdf"), "document.cut_off", "its table is elsewhere");
    for (bytes, mime) in [(PNG, "image/png"), (JPEG, "image/jpeg"), (GIF, "image/gif")] {
        assert_eq!(code(&bytes[..bytes.len() - 1], "a", mime), "document.cut_off", "{mime}");
        let most = bytes.len() - 6;
        assert_eq!(code(&bytes[..most], "a", mime), "document.cut_off", "{mime}");
    }
    assert_eq!(Kind::of(b""), None);
}

#[test]
fn a_scan_is_readable() {
    let fails = |bytes: &[u8]| check_scan(bytes, "scan", "application/octet-stream").err().unwrap();
    assert!(check_scan(&pdf(), "scan.pdf", "application/pdf").is_ok());
    assert!(check_scan(PNG, "scan.png", "image/png").is_ok());
    assert_eq!(fails(b"").code, "document.empty");
    assert_eq!(fails(b"<html>").code, "contract.not_a_scan");
    assert_eq!(fails(b"%PDF-1.7 scanned").code, "document.cut_off");
    let mut locked = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n".to_vec();
    let at = locked.len();
    locked.extend(b"xref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 2/Encrypt 1 0 R>>\n");
    locked.extend(format!("startxref\n{at}\n%%EOF\n").bytes());
    assert_eq!(fails(&locked).code, "document.encrypted");
    assert!(check(&locked, "a.pdf", "application/pdf").is_ok());
}
