//! Made-up catalogues.

use kith_api::view::{CatalogueView, CodeView};

use super::super::page::CataloguesPage;

fn code(code: &str, label: Option<&str>) -> CodeView {
    CodeView { code: code.to_owned(), label: label.map(str::to_owned), ..CodeView::default() }
}

/// The page with a few codes.
pub(crate) fn catalogues() -> CataloguesPage {
    let catalogue = |kind: &str, label: &str, dimension, codes| CatalogueView {
        kind: kind.to_owned(),
        label: label.to_owned(),
        dimension,
        codes,
        ..CatalogueView::default()
    };
    let retired = CodeView { retired: true, ..code("NET120", None) };
    CataloguesPage {
        catalogues: vec![
            catalogue("payment_terms", "Payment terms", false, vec![code("NET30", None), retired]),
            catalogue("tax_code", "Tax codes", false, Vec::new()),
            catalogue("department", "Departments", true, vec![code("SALES", Some("Sales"))]),
        ],
        may_change: true,
        fault: None,
    }
}
