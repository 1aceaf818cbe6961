//! The evaluation report as a document in Dutch.

use std::fmt::{Result as Written, Write};

use super::call_offs;
use super::dutch::{self, day, euros, moment, number};

use super::{
    EvaluationReport, ReportAuthority, ReportCandidate, ReportDecision, ReportHandOver, ReportOpening,
};
use crate::award_letter::listed;
use crate::dossier::{Attendee, Fact, LowPriceOutcome, WinnerWithdrawal, WinnerWithdrawalGround};
use crate::markdown::plain;
use crate::opening_report::OpenedDelegation;
use trede_model::assessing::assessment::AssessmentKind;
use trede_model::awarding::award_letter::LetterLanguage;
use trede_wire::number::Number;

const NOT_RECORDED: &str = "Niet vastgelegd.";
const NOTHING: &str = "Geen.";

/// The report as Markdown. The same record gives the same text.
#[must_use]
pub fn markdown(report: &EvaluationReport) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = write(&mut text, report);
    text
}

fn write(text: &mut String, report: &EvaluationReport) -> Written {
    authority(text, &report.authority)?;
    candidates(text, &report.candidates)?;
    low_prices(text, report)?;
    award(text, report)?;
    procedure(text, report)?;
    section(text, "g. Niet gegund", &report.not_awarded, NOTHING)?;
    section(text, "h. Niet-elektronische middelen", &report.non_electronic_means, NOTHING)?;
    interests(text, report)?;
    method(text, report)?;
    assessments(text, report)?;
    dossier(text, report)?;
    call_offs(text, report)?;
    evidence(text, report)?;
    sensitivity(text, report)?;
    decisions(text, report)?;
    heads(text, report)
}

/// A heading with lines of typed text, such as names, below it.
fn section(text: &mut String, heading: &str, lines: &[String], otherwise: &str) -> Written {
    writeln!(text, "\n## {heading}\n")?;
    if lines.is_empty() {
        writeln!(text, "{otherwise}")?;
    }
    lines.iter().try_for_each(|line| writeln!(text, "- {}", plain(line)))
}

fn authority(text: &mut String, a: &ReportAuthority) -> Written {
    writeln!(text, "# Proces-verbaal van beoordeling: {}\n", plain(&a.subject))?;
    writeln!(text, "Artikel 84, lid 1, van richtlijn 2014/24/EU en artikel 2.132 Aanbestedingswet 2012.\n")?;
    writeln!(text, "## a. Aanbestedende dienst, voorwerp en waarde\n\n| | |\n|---|---|")?;
    writeln!(text, "| Aanbestedende dienst | {} |", plain(&a.name))?;
    if let Some(reference) = &a.reference {
        writeln!(text, "| Kenmerk | {} |", plain(reference))?;
    }
    writeln!(text, "| Voorwerp | {} |", plain(&a.subject))?;
    writeln!(text, "| Perceel | {}: {} |", a.lot_number, plain(&a.lot))?;
    writeln!(text, "| CPV | {} |", a.cpv_codes.join(", "))?;
    let value = a
        .estimated_value
        .map_or_else(|| NOT_RECORDED.to_owned(), |value| euros(&Number::from(value).0.to_string()));
    writeln!(text, "| Geraamde waarde, zonder btw | {value} |")?;
    let threshold = match a.above_threshold {
        Some(true) => "boven",
        Some(false) => "onder",
        None => "niet vastgelegd",
    };
    writeln!(text, "| Europese drempel | {threshold} |")
}

fn candidates(text: &mut String, candidates: &[ReportCandidate]) -> Written {
    writeln!(text, "\n## b. Geselecteerde en afgewezen inschrijvers\n\n| | |\n|---|---|")?;
    for bid in candidates {
        let name = bid.name.as_deref().map_or_else(String::new, |name| format!("{} ", plain(name)));
        let outcome = if !bid.rejected_for.is_empty() {
            let reasons: Vec<String> = bid.rejected_for.iter().map(|reason| plain(reason)).collect();
            format!("afgewezen: {}", reasons.join("; "))
        } else {
            match (bid.rank, &bid.total) {
                (Some(rank), Some(total)) => format!("geselecteerd, plaats {rank}, totaal {}", number(total)),
                _ => "geselecteerd, nog niet beoordeeld".to_owned(),
            }
        };
        writeln!(text, "| {name}(KvK {}) | {outcome} |", bid.kvk_number)?;
    }
    Ok(())
}

fn low_prices(text: &mut String, report: &EvaluationReport) -> Written {
    let low = &report.abnormally_low;
    let flags = low.flags.iter().map(|flag| {
        format!(
            "{}: prijs {} tegenover {} ({})",
            dutch::bidder(report, &flag.id),
            euros(&flag.price),
            euros(&flag.against),
            dutch::low_price_rule(&flag.rule, &flag.bound)
        )
    });
    let asked = low.inquiries.iter().map(|inquiry| {
        let outcome = match inquiry.outcome {
            Some(LowPriceOutcome::Accepted) => "aanvaard",
            Some(LowPriceOutcome::Rejected) => "afgewezen",
            None => "nog niet beslist",
        };
        format!(
            "{}: gevraagd «{}»; toelichting «{}»; {outcome}{}",
            dutch::bidder(report, &inquiry.bid_id),
            inquiry.question,
            inquiry.answer.as_deref().unwrap_or("geen"),
            inquiry.reason.as_ref().map_or_else(String::new, |reason| format!(": {reason}")),
        )
    });
    section(text, "c. Abnormaal lage inschrijvingen", &flags.chain(asked).collect::<Vec<_>>(), NOTHING)
}

fn award(text: &mut String, report: &EvaluationReport) -> Written {
    writeln!(text, "\n## d. Winnaar en redenen\n")?;
    match &report.award {
        None => writeln!(text, "{NOTHING}")?,
        Some(award) => {
            writeln!(text, "**{}**\n", plain(&winners(report, award)))?;
            if !award.reserves.is_empty() {
                writeln!(text, "Reservelijst: {}.\n", plain(&bidders(report, &award.reserves)))?;
            }
            writeln!(text, "{}", plain(&award.motivation))?;
        }
    }
    let told = report.subcontracting.as_deref().map_or_else(|| NOT_RECORDED.to_owned(), plain);
    writeln!(text, "\nOnderaanneming: {told}")
}

/// Who wins by a decision, all by name.
fn winners(report: &EvaluationReport, decision: &ReportDecision) -> String {
    match decision.winners.as_slice() {
        [] => dutch::bidder(report, &decision.bid_id),
        several => bidders(report, several),
    }
}

fn bidders(report: &EvaluationReport, bids: &[String]) -> String {
    let names: Vec<String> = bids.iter().map(|bid| dutch::bidder(report, bid)).collect();
    listed(&names, LetterLanguage::Dutch)
}

fn procedure(text: &mut String, report: &EvaluationReport) -> Written {
    let procedure = &report.procedure;
    writeln!(text, "\n## e. Procedure\n")?;
    let not_used = "Geen onderhandeling of dialoog vastgelegd.";
    writeln!(text, "{}\n", procedure.negotiated.as_deref().map_or_else(|| not_used.to_owned(), plain))?;
    let custody = dutch::custody(&procedure.bid_custody);
    writeln!(text, "| | |\n|---|---|\n| Bewaring tot de opening | {custody} |")?;
    writeln!(text, "| Enveloppen per inschrijving | {} |", dutch::envelopes(&procedure.bid_envelopes))?;
    if let Some(deadline) = procedure.deadline_at {
        writeln!(text, "| Uiterste moment van inschrijving | {} |", moment(deadline))?;
    }
    for opening in &procedure.openings {
        let ReportOpening { envelope, requested_by, confirmed_by, opened_at, .. } = opening;
        let (first, second) = (plain(requested_by), plain(confirmed_by));
        let opened = dutch::envelope(*envelope);
        writeln!(text, "| Opening van {opened} | {}, {first} en {second} |", moment(*opened_at))?;
        for bid in &opening.not_opened {
            let who = bid
                .bid_id
                .as_deref()
                .map_or_else(|| "een verzegelde inschrijving".to_owned(), |bid| dutch::bidder(report, bid));
            writeln!(text, "| Niet geopend | {}: {} |", plain(&who), bid.outcome.in_dutch())?;
        }
        for OpenedDelegation { word, bidder_kvk_number, delegate, said_by, received_at, .. } in
            &opening.delegations
        {
            let (delegate, said_by, when) = (plain(delegate), plain(said_by), moment(*received_at));
            let told = word.in_dutch();
            writeln!(
                text,
                "| Machtiging | {delegate}, {told}, door {said_by} voor KvK-nummer {bidder_kvk_number}, {when} |"
            )?;
        }
    }
    if let Some(ReportHandOver { number_of_bids, completed_at, completed_by }) = &procedure.hand_over {
        let (when, who) = (moment(*completed_at), plain(completed_by));
        writeln!(
            text,
            "| Overdracht voltooid | {when}, {who}: {number_of_bids} inschrijvingen op alle percelen samen |"
        )?;
    }
    for step in &procedure.steps {
        let reason = step.reason.as_ref().map_or_else(String::new, |reason| format!(": {}", plain(reason)));
        writeln!(
            text,
            "| {} | {}, {}{reason} |",
            dutch::step(step.step),
            moment(step.taken_at),
            plain(&step.taken_by)
        )?;
    }
    writeln!(text, "\n## f. Procedure zonder voorafgaande bekendmaking\n")?;
    let published = "Niet van toepassing: de aanbesteding is bekendgemaakt.";
    writeln!(text, "{}", procedure.without_publication.as_deref().map_or_else(|| published.to_owned(), plain))
}

fn interests(text: &mut String, report: &EvaluationReport) -> Written {
    let lines = report.conflicts.iter().map(|declared| {
        let interest = if declared.has_interest { "belang" } else { "geen belang" };
        let explained = declared.explanation.as_ref().map_or_else(String::new, |why| format!(": {why}"));
        let part = match declared.may_score {
            Some(true) => "; beoordeelt",
            Some(false) => "; beoordeelt niet",
            None => "",
        };
        let measure =
            declared.measure.as_ref().map_or_else(String::new, |taken| format!("; maatregel: {taken}"));
        format!("{}: {interest}{explained}{measure}{part}", declared.assessor)
    });
    section(text, "i. Belangenconflicten en maatregelen", &lines.collect::<Vec<_>>(), NOTHING)
}

fn method(text: &mut String, report: &EvaluationReport) -> Written {
    writeln!(text, "\n## Gunningsmodel en beoordelingen\n")?;
    if let Some(model) = &report.award_model {
        writeln!(text, "| | |\n|---|---|\n| Methode | {} |", plain(dutch::method(&model.method.code)))?;
        for criterion in &model.criteria {
            let weight =
                criterion.weight.map_or_else(|| "–".to_owned(), |weight| number(&weight.0.to_string()));
            let title = criterion.title.as_deref().unwrap_or(&criterion.id);
            writeln!(text, "| Criterium {} | weging {weight} |", plain(title))?;
        }
    }
    writeln!(text)?;
    for made in &report.evaluations {
        let counts = if made.superseded { "vervangen" } else { "geldt" };
        let reason = made.reason.as_ref().map_or_else(String::new, |reason| format!(" ({})", plain(reason)));
        writeln!(
            text,
            "- Beoordeling {}{reason}, {}, {}, versie {}, vingerafdruk {}: {counts}",
            made.sequence,
            moment(made.created_at),
            plain(&made.created_by),
            made.engine_version,
            made.fingerprint
        )?;
    }
    Ok(())
}

fn assessments(text: &mut String, report: &EvaluationReport) -> Written {
    let lines = report.assessments.iter().map(|given| {
        let kind = match given.kind {
            AssessmentKind::Individual => "alleen",
            AssessmentKind::Consensus => "consensus",
        };
        format!(
            "{}, {}: {} ({}, {kind}). {}",
            dutch::bidder(report, &given.bid_id.to_string()),
            dutch::criterion(report, &given.criterion),
            number(&given.score),
            given.assessor,
            given.motivation
        )
    });
    section(text, "Scores en motiveringen", &lines.collect::<Vec<_>>(), NOTHING)
}

/// The sessions and drawings; the other facts stand at the items that they belong to.
fn dossier(text: &mut String, report: &EvaluationReport) -> Written {
    let names = |attendees: &[Attendee]| {
        attendees.iter().map(|attendee| attendee.name.clone()).collect::<Vec<_>>().join(", ")
    };
    let lines = report.dossier.iter().filter_map(|entry| match &entry.fact {
        Fact::ConsensusHeld(held) => Some(format!(
            "Consensusbijeenkomst {}: {}; {} scores",
            moment(held.held_at),
            names(&held.attendees),
            held.scores.len()
        )),
        Fact::DrawingAnnounced(named) => Some(format!(
            "Toevalswaarde aangekondigd: {}, bekend op {}",
            named.source,
            moment(named.known_at)
        )),
        Fact::LotsDrawn(held) => Some(format!(
            "Loting {}, {}, door {}, aanwezig {}; waarde {}; volgorde {}",
            moment(held.held_at),
            held.place,
            held.performed_by,
            names(&held.attendees),
            held.randomness.value.as_deref().unwrap_or_default(),
            held.order
                .iter()
                .map(|bid| dutch::bidder(report, &bid.to_string()))
                .collect::<Vec<_>>()
                .join(", ")
        )),
        Fact::AssessmentReopened(opened) => Some(format!(
            "Score {} van {} op {} heropend: {}",
            number(&opened.score),
            opened.assessor,
            dutch::criterion(report, &opened.criterion),
            opened.reason
        )),
        Fact::ObjectionLodged(objection) => Some(format!(
            "Bezwaar van {} op {}{}: {}",
            objection.party,
            day(objection.lodged_on),
            objection.court_reference.as_ref().map_or_else(String::new, |case| format!(" ({case})")),
            objection.grounds
        )),
        Fact::ObjectionResolved(resolved) => {
            Some(format!("Bezwaar afgedaan op {}: {}", day(resolved.resolved_on), resolved.explanation))
        }
        Fact::WinnerWithdrawn(gone) => Some(winner_gone(report, gone)),
        _ => None,
    });
    section(text, "Bijeenkomsten, loting en bezwaren", &lines.collect::<Vec<_>>(), NOTHING)
}

/// The orders under a framework agreement, where there are any.
fn call_offs(text: &mut String, report: &EvaluationReport) -> Written {
    let lines = call_offs::lines(report);
    if lines.is_empty() { Ok(()) } else { section(text, "Nadere opdrachten", &lines, NOTHING) }
}

/// A winner, or a bid on the reserve list, that dropped out after the award.
fn winner_gone(report: &EvaluationReport, gone: &WinnerWithdrawal) -> String {
    let ground = match gone.ground {
        WinnerWithdrawalGround::Declined => "ziet af",
        WinnerWithdrawalGround::Excluded => "is uitgesloten",
        WinnerWithdrawalGround::Ended => "is niet langer partij",
    };
    let successor = gone.successor_bid_id.map_or_else(String::new, |bid| {
        format!("; in de plaats komt {}", dutch::bidder(report, &bid.to_string()))
    });
    let who = dutch::bidder(report, &gone.bid_id.to_string());
    format!("{who} {ground} na de gunning: {}{successor}", gone.reason)
}

fn evidence(text: &mut String, report: &EvaluationReport) -> Written {
    let lines = report.pso_evidence.iter().map(|checked| {
        let certificate = checked.certificate.as_ref().map_or_else(String::new, |certificate| {
            format!(
                "; certificaat {}, {}, geldig {} tot en met {}",
                certificate.number,
                dutch::level(&checked.ladder, &certificate.level),
                day(certificate.valid_from),
                day(certificate.valid_until)
            )
        });
        format!(
            "{} (KvK {}): {} op {}: {}{certificate}; gecontroleerd {}",
            dutch::bidder(report, &checked.bid_id),
            checked.kvk_number,
            dutch::level(&checked.ladder, &checked.level),
            day(checked.counts_on),
            dutch::verdict(checked.verdict),
            moment(checked.checked_at)
        )
    });
    let unchecked = report.pso_unchecked.iter().map(|claim| {
        let proof = claim.kvk_number.as_ref().map_or_else(
            || "lid van de combinatie zonder KvK-nummer".to_owned(),
            |number| format!("KvK {number}"),
        );
        let who = claim.member.as_deref().map(|name| format!(", {name}")).unwrap_or_default();
        let bidder = dutch::bidder(report, &claim.bid_id);
        format!(
            "{bidder}{who} ({proof}): {}; nog niet gecontroleerd",
            dutch::claimed_level(report, &claim.level)
        )
    });
    let lines: Vec<String> = lines.chain(unchecked).collect();
    section(text, "PSO-bewijs", &lines, NOTHING)
}

fn sensitivity(text: &mut String, report: &EvaluationReport) -> Written {
    let drop_outs = report.sensitivity.iter().flat_map(|analysis| &analysis.drop_outs);
    let lines = drop_outs.filter(|effect| effect.reverses).map(|effect| {
        let first: Vec<String> = effect.first.iter().map(|bid| dutch::bidder(report, bid)).collect();
        format!("Zonder {} zou {} eerste zijn", dutch::bidder(report, &effect.without), first.join(", "))
    });
    let lines: Vec<String> = lines.collect();
    section(text, "Gevoeligheid", &lines, "Geen inschrijving keert door haar uitval de rangorde om.")
}

fn decisions(text: &mut String, report: &EvaluationReport) -> Written {
    let lines = report.decisions.iter().map(|decision| {
        let standstill = decision.standstill_until_on.map_or_else(
            || "geen opschortende termijn".to_owned(),
            |until| format!("opschortende termijn tot en met {}", day(until)),
        );
        let end = match (decision.withdrawn_at, decision.awarded_at) {
            (Some(at), _) => format!("ingetrokken {}", moment(at)),
            (None, Some(at)) => format!("definitief {}", moment(at)),
            (None, None) => "voorgenomen".to_owned(),
        };
        let who = winners(report, decision);
        format!("Voornemen {} voor {who}: {standstill}; {end}", moment(decision.proposed_at))
    });
    section(text, "Gunningsbeslissingen", &lines.collect::<Vec<_>>(), NOTHING)
}

fn heads(text: &mut String, report: &EvaluationReport) -> Written {
    writeln!(text, "\n## Controlespoor\n\n| Keten | Record | Hash |\n|---|---|---|")?;
    report.audit_heads.iter().try_for_each(|head| {
        let whose = dutch::chain_scope(&head.scope);
        writeln!(text, "| {whose}, keten {} | {} | {} |", head.chain, head.sequence, head.hash)
    })
}
