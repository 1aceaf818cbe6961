//! The rules of the SROI method: formula, source and name in two languages.

use crate::explaining::{Language, rules};

rules! {
    Gross, "sroi-gross", ["q", "p"], "{0} × {1}",
        nl "Bruto waarde: hoeveelheid maal financiële proxy",
        en "Gross value: quantity times financial proxy",
        source nl "Cabinet Office, A guide to SROI (2012), stap 3", en "Cabinet Office, A guide to SROI (2012), stage 3";
    Impact, "sroi-impact", ["G", "DW", "DI", "AT"], "{0} × (1 − {1}) × (1 − {2}) × (1 − {3})",
        nl "Impact in jaar 1: zonder wat toch al gebeurde, wat verdrongen is en wat anderen deden",
        en "Impact in year 1: without what would have happened anyway, what was displaced and what others did",
        source nl "Cabinet Office, A guide to SROI (2012), stap 4", en "Cabinet Office, A guide to SROI (2012), stage 4";
    YearImpact, "sroi-impact-in-year", ["V1", "DO", "t"], "{0} × (1 − {1})^({2} − 1)",
        nl "Impact in jaar t, na jaarlijkse afname; in jaar 1 geen afname",
        en "Impact in year t, after yearly drop-off; no drop-off in year 1",
        source nl "Cabinet Office, A guide to SROI (2012), stap 4.4", en "Cabinet Office, A guide to SROI (2012), stage 4.4";
    PresentEndOfYear, "sroi-present-value-end-of-year", ["Vt", "r", "t", "s"], "{0} / (1 + {1})^({2} + {3})",
        nl "Contante waarde, elk jaar aan het eind verdisconteerd",
        en "Present value, each year discounted at its end",
        source nl "Cabinet Office, A guide to SROI (2012), stap 5.2", en "Cabinet Office, A guide to SROI (2012), stage 5.2";
    PresentFirstYearUndiscounted, "sroi-present-value-first-year-undiscounted", ["Vt", "r", "t", "s"], "{0} / (1 + {1})^({2} − 1 + {3})",
        nl "Contante waarde, eerste jaar niet verdisconteerd",
        en "Present value, first year undiscounted",
        source nl "de vastgelegde conventie", en "the declared convention";
    OutcomeValue, "sroi-outcome-value", [], "{+}",
        nl "Contante waarde van het effect, over alle jaren",
        en "Present value of the outcome, over all years",
        source nl "Cabinet Office, A guide to SROI (2012), stap 5.2", en "Cabinet Office, A guide to SROI (2012), stage 5.2";
    TotalInputs, "sroi-total-inputs", [], "{+}",
        nl "Totale investering (I)",
        en "Total inputs (I)",
        source nl "Cabinet Office, A guide to SROI (2012), stap 2.3", en "Cabinet Office, A guide to SROI (2012), stage 2.3";
    TotalPresentValue, "sroi-total-present-value", [], "{+}",
        nl "Totale contante waarde (TPV); negatieve effecten houden hun teken",
        en "Total present value (TPV); negative outcomes keep their sign",
        source nl "Cabinet Office, A guide to SROI (2012), stap 5.2", en "Cabinet Office, A guide to SROI (2012), stage 5.2";
    NetPresentValue, "sroi-net-present-value", ["TPV", "I"], "{0} − {1}",
        nl "Netto contante waarde (NPV)",
        en "Net present value (NPV)",
        source nl "Cabinet Office, A guide to SROI (2012), stap 5.3", en "Cabinet Office, A guide to SROI (2012), stage 5.3";
    Ratio, "sroi-ratio", ["TPV", "I"], "{0} / {1}",
        nl "SROI-ratio",
        en "SROI ratio",
        source nl "Cabinet Office, A guide to SROI (2012), stap 5.3", en "Cabinet Office, A guide to SROI (2012), stage 5.3";
    NetRatio, "sroi-net-ratio", ["NPV", "I"], "{0} / {1}",
        nl "Netto SROI-ratio",
        en "Net SROI ratio",
        source nl "Cabinet Office, A guide to SROI (2012), stap 5.3", en "Cabinet Office, A guide to SROI (2012), stage 5.3";
    SimplePaybackFrom, "sroi-payback-simple-from", ["s", "I", "R", "V"], "12 × ({0} + ({1} − {2}) / {3})",
        nl "Terugverdientijd in maanden, waarin geen effect telt voordat het begint", en "Payback in months, in which no outcome counts before it starts",
        source nl "Social Value International", en "Social Value International";
    SimplePayback, "sroi-payback-simple", ["I", "V1"], "{0} / ({1} / 12)",
        nl "Terugverdientijd in maanden, op de impact van jaar 1",
        en "Payback period in months, on the impact of year 1",
        source nl "Cabinet Office, A guide to SROI (2012), stap 5.5", en "Cabinet Office, A guide to SROI (2012), stage 5.5";
    CumulativePayback, "sroi-payback-cumulative", ["y", "I", "C", "Vy"], "{0} − 1 + ({1} − {2}) / {3}",
        nl "Terugverdientijd in jaren: wanneer de opgetelde impact de investering bereikt, lineair binnen het jaar",
        en "Payback period in years: when the cumulated impact reaches the inputs, linear within the year",
        source nl "de vastgelegde methode", en "the declared method";
}
