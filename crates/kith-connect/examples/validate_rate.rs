//! How fast an account file is validated, and in how much memory.
//!
//! `cargo run --release -p kith-connect --example validate_rate [rows]` makes a file of a million rows (or as many
//! as asked for) in the temporary folder, validates it as an import would, and prints rows a second and the
//! greatest resident memory of the process.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::time::Instant;

use kith_connect::csv::{Options, Reader};
use kith_connect::map::Mapping;
use kith_connect::report::{Bounds, review};
use kith_connect::row::{Drafter, Known, RowOptions};

const HEADER: &str = "customer_id,name,email,phone,owning_entity,customer_type,tier,currency,credit_limit,payment_terms,\
                      tax_id,billing_street,billing_city,billing_postal_code,billing_country,industry,employees,notes";

fn make(path: &std::path::Path, rows: u64) -> std::io::Result<u64> {
    let mut out = BufWriter::new(File::create(path)?);
    writeln!(out, "{HEADER}")?;
    for n in 0..rows {
        // One row in 100 has a fault, one in 200 repeats an earlier record.
        let email =
            if n % 100 == 7 { "not an address".to_owned() } else { format!("orders@customer-{n}.example") };
        let id = if n % 200 == 11 { n - 1 } else { n };
        writeln!(
            out,
            "C-{id},\"Customer {n}, Machine Works\",{email},+1 312 555 {:04},US,wholesale,premium,USD,\"{},000.00\",\
             Net 30,{:09},{} Foundry Street,Chicago,606{:02},United States,Machinery,{},\"Said \"\"yes\"\" once\"",
            n % 10_000,
            n % 900 + 1,
            100_000_000 + n,
            n % 2_000 + 1,
            n % 100,
            n % 500,
        )?;
    }
    out.flush()?;
    Ok(std::fs::metadata(path)?.len())
}

/// The greatest resident memory so far, in MiB, where the system tells it.
fn peak_mib() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kib| kib / 1024)
}

#[expect(clippy::print_stdout, reason = "a measurement is for reading")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let rows = std::env::args().nth(1).map_or(Ok(1_000_000), |text| text.parse())?;
    let path = std::env::temp_dir().join(format!("kith-validate-rate-{}.csv", std::process::id()));
    let bytes = make(&path, rows)?;

    let start = Instant::now();
    let mut reader = Reader::open(File::open(&path)?, &Options::default())?;
    let header = reader.header().to_vec();
    let mapping = Mapping::infer(&header, None);
    let known = Known {
        entities: [("US".to_owned(), "USD".parse()?)].into(),
        payment_terms: ["NET30".to_owned()].into(),
        ..Known::default()
    };
    let options = RowOptions { source_system: "erp".to_owned(), ..RowOptions::default() };
    let drafter = Drafter::new(&header, &mapping, &known, &options);
    let report = review(&mut reader, &drafter, Bounds::default(), |_, _| {}, |_, _| {});
    let seconds = start.elapsed().as_secs_f64();
    std::fs::remove_file(&path)?;

    println!("{rows} rows, {} MiB, {} columns mapped", bytes >> 20, mapping.columns.len());
    println!("valid {}, invalid {}, repeated {}", report.valid, report.invalid, report.duplicates_total);
    println!("{seconds:.2} s, {:.0} rows/s", rows as f64 / seconds);
    if let Some(peak) = peak_mib() {
        println!("greatest resident memory {peak} MiB");
    }
    Ok(())
}
