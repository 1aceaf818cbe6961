//! The templates, as they stand in the folder `templates/console`.

macro_rules! templates {
    ($($name:literal)+) => {
        /// Every template by its name.
        pub(super) const TEMPLATES: &[(&str, &str)] =
            &[$(($name, include_str!(concat!("../../templates/console/", $name)))),+];
    };
}

templates! {
    "frame.html"
    "parts/form.html"
    "parts/show.html"
    "parts/tender_fields.html"
    "parts/entry_fields.html"
    "parts/criterion.html"
    "parts/outcome.html"
    "parts/bid.html"
    "parts/policy_rows.html"
    "award_model.html"
    "audit.html"
    "bids.html"
    "contract.html"
    "contract_new.html"
    "contracts.html"
    "decision.html"
    "entry.html"
    "entry_edit.html"
    "entry_new.html"
    "error.html"
    "evaluation.html"
    "home.html"
    "letter.html"
    "letters.html"
    "logged_out.html"
    "login.html"
    "login_failed.html"
    "lot.html"
    "my_bid.html"
    "my_scoring.html"
    "open.html"
    "open_check.html"
    "open_score.html"
    "open_tender.html"
    "opening.html"
    "policies.html"
    "policy.html"
    "policy_new.html"
    "portfolio.html"
    "report.html"
    "scoring.html"
    "simulation.html"
    "start.html"
    "suppliers.html"
    "tender.html"
    "tender_edit.html"
    "tender_import.html"
    "tender_new.html"
    "tenders.html"
    "to_decide.html"
    "why.html"
    "year.html"
}
