//! Questions and what they become.

mod company;

use company::{ask, told};

#[test]
fn probe() {
    let file = std::fs::read_to_string("/tmp/questions.txt").unwrap();
    for question in file.lines() {
        let reply = ask(question);
        let miss: Vec<_> = reply.not_understood.iter().map(|p| format!("{}→{}", p.text, p.as_)).collect();
        println!("{question}\n    {:?} {} lim {:?} sub {:?} shown {:?}", reply.kind, told(&reply), reply.limit, reply.subject, reply.metrics);
        println!("    und {:?}", reply.understood.iter().map(|p| format!("{}→{}", p.text, p.as_)).collect::<Vec<_>>());
        if !miss.is_empty() { println!("    MISS {miss:?}"); }
        if let Some(q) = &reply.question { println!("    ASK {q} {:?}", reply.choices); }
        if let Some(q) = &reply.refusal { println!("    NO {q:?}"); }
    }
}
