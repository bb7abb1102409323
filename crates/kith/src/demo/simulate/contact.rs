//! Quotes, inquiries, surveys, visits: what customers say and ask.

use super::super::happening::{Contact, Day, InquiryStep, QuoteStep, What, add_business_days};
use super::super::story::{Cause, Mood, Story};
use super::super::text;
use super::Life;

impl Life<'_> {
    /// A quote now and then, and its end.
    pub(super) fn quotes_of(&mut self, day: Day, mood: Mood) {
        let prospect = self.customer.story == Story::Prospect;
        if mood.wins == 0 && !prospect {
            return;
        }
        let rate = if prospect { 24 } else { self.customer.order_rate / 14 + 5 };
        if !self.prng.chance(rate) {
            return;
        }
        self.count.quote += 1;
        let quote = self.count.quote;
        let lane = self.prng.range(0, self.customer.lanes.len() as i64 - 1) as u8;
        let value = self.customer.order_value * self.prng.range(120, 420) / 100;
        let asked_at = self.moment(day, 8, 16);
        self.push(asked_at, What::Quote(QuoteStep::Requested { quote, lane, value }));
        let sent_day = add_business_days(day, self.prng.range(0, 2) + i64::from(mood.wins < 300));
        let sent_at = self.moment(sent_day, 9, 17).max(asked_at + 1_800);
        self.push(sent_at, What::Quote(QuoteStep::Sent { quote, lane, value }));
        if self.prng.chance(110) {
            return;
        }
        let decided = add_business_days(sent_day, self.prng.range(1, 11));
        let at = self.moment(decided, 9, 17);
        if self.prng.chance(mood.wins) {
            self.push(at, What::Quote(QuoteStep::Won { quote, value }));
            return;
        }
        let weights = match self.customer.cause {
            Cause::Price => [78, 6, 3, 3, 10],
            Cause::Delays | Cause::Damage if mood.complaints > 300 => [20, 14, 5, 51, 10],
            _ => [45, 18, 10, 7, 20],
        };
        let reasons = ["price", "transit", "capacity", "service", "no_decision"];
        let reason = reasons[self.prng.weighted(&weights)];
        self.push(at, What::Quote(QuoteStep::Lost { quote, reason }));
        if matches!(reason, "price" | "service") && self.prng.chance(if mood.wins < 400 { 350 } else { 40 }) {
            self.mention(at + 900);
        }
    }

    fn mention(&mut self, at: i64) {
        self.count.mention += 1;
        let name = self.prng.pick(text::COMPETITORS);
        self.push(at, What::Contact(Contact::Competitor { no: self.count.mention, name }));
    }

    /// An inquiry now and then, with its answers.
    pub(super) fn inquiries_of(&mut self, day: Day, mood: Mood) {
        let rate = (self.customer.order_rate / 11 + 7) * mood.inquiries / 1000;
        if !self.prng.chance(rate) {
            return;
        }
        self.count.inquiry += 1;
        let inquiry = self.count.inquiry;
        let complaint = self.count.order > 0 && !mood.is_calm && self.prng.chance(mood.complaints);
        let order_no = self.customer.order_no(self.count.order.max(1));
        let cause = complaint.then_some(self.customer.cause);
        let (intent, text) = text::inquiry(&mut self.prng, self.customer.language, cause, &order_no);
        let weights = match () {
            () if complaint => [14, 42, 40, 4],
            () if mood.is_calm => [0, 0, 62, 38],
            () => [0, 3, 62, 35],
        };
        let priority = ["P1", "P2", "P3", "P4"][self.prng.weighted(&weights)];
        let channel = ["email", "phone", "portal", "web_form"][self.prng.weighted(&[56, 22, 14, 8])];
        let received = self.moment(day, 8, 15);
        let step = InquiryStep::Received { intent, priority, channel, text };
        self.push(received, What::Inquiry(inquiry, step));
        // Where things go wrong, answers take longer too.
        let slow = mood.complaints > 300;
        let wait = if slow { self.prng.range(5_400, 21_600) } else { self.prng.range(600, 9_000) };
        self.push(received + wait, What::Inquiry(inquiry, InquiryStep::Replied));
        let work_days = if slow { self.prng.range(1, 5) } else { self.prng.range(0, 2) };
        let solved_day = add_business_days(day, work_days);
        let solved = self.moment(solved_day, 15, 18).max(received + wait + 900);
        self.push(solved, What::Inquiry(inquiry, InquiryStep::Resolved));
        let reopened = complaint && self.prng.chance(120);
        if reopened {
            let again = add_business_days(solved_day, self.prng.range(1, 2));
            let at = self.moment(again, 8, 10);
            self.push(at, What::Inquiry(inquiry, InquiryStep::Reopened));
            self.push(at + 7_200, What::Inquiry(inquiry, InquiryStep::Replied));
            self.push(at + 21_600, What::Inquiry(inquiry, InquiryStep::Resolved));
        }
        if self.prng.chance(230) {
            let best = if reopened {
                2
            } else if complaint {
                3
            } else {
                5
            };
            // Most are as content as the answer was good; a few are never quite.
            let score = match self.prng.range(0, 99) {
                0..=54 => best,
                55..=91 => best - 1,
                _ => best - 2,
            };
            self.survey(solved + 40_000, "csat", score.max(1));
        }
    }

    fn survey(&mut self, at: i64, kind: &'static str, score: i64) {
        let person = self.prng.range(0, 1) as u8;
        self.survey_of(at, kind, score, person);
    }

    fn survey_of(&mut self, at: i64, kind: &'static str, score: i64, person: u8) {
        self.count.survey += 1;
        self.push(at, What::Contact(Contact::Survey { no: self.count.survey, kind, score, person }));
    }

    /// Every person is asked twice a year whether they would recommend the company; most answer.
    pub(super) fn surveys_of(&mut self, day: Day, mood: Mood) {
        if self.count.order == 0 {
            return;
        }
        let people = self.customer.segment().people as i64;
        for person in 0..people {
            // Days count without weekends here, so half a year is some 130 of them.
            if (day + person * 29 + i64::from(self.place) * 13) % 182 == 0 && self.prng.chance(900) {
                let score = ((mood.nps + self.prng.range(-17, 17) + 5) / 10).clamp(0, 10);
                let at = self.moment(day, 9, 17);
                self.survey_of(at, "nps", score, person as u8);
            }
        }
    }

    /// Portal visits, and meetings with the larger customers.
    pub(super) fn visits_of(&mut self, day: Day, mood: Mood) {
        let people = self.customer.portal_people;
        if people > 0 && self.prng.chance((self.customer.order_rate / 3 + 22) * mood.portal / 1000) {
            self.count.visit += 1;
            let person = self.prng.range(0, i64::from(people) - 1) as u8;
            let at = self.moment(day, 7, 19);
            self.push(at, What::Contact(Contact::PortalLogin { no: self.count.visit, person }));
            if self.prng.chance(22) {
                let score = self.prng.range(4, 7);
                self.survey_of(at + 1_200, "ces", score, person);
            }
        }
        let active = mood.orders > 0 && self.customer.story != Story::Prospect;
        if self.customer.tier >= 2 && active && self.prng.chance(17) {
            self.count.meeting += 1;
            let at = self.moment(day, 10, 16);
            self.push(at, What::Contact(Contact::Meeting { no: self.count.meeting }));
        }
    }
}
