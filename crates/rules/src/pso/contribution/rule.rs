//! The rules of the contribution: code, formula with its symbols, source, and name in two languages.

use crate::explaining::{Language, rules};

rules! {
    WorkerFte, "worker-weighted-fte", ["h", "H", "m", "wp", "wc"], "{0} / {1} × {2} / 12 × {3} × {4}",
        nl "Gewogen fte: uren per week, maanden die tellen, weging van positie en contractvorm",
        en "Weighted fte: hours a week, months that count, weights of position and contract type",
        source nl "PSO-Nederland, directe-sociale-bijdrage", en "PSO-Nederland, directe-sociale-bijdrage";
    WeightedFte, "weighted-fte", [], "{+}",
        nl "Gewogen fte van de doelgroep",
        en "Weighted fte of the target group",
        source nl "PSO-Nederland, directe-sociale-bijdrage", en "PSO-Nederland, directe-sociale-bijdrage";
    Direct, "direct-contribution", ["D", "T"], "100 × {0} / {1}",
        nl "Directe sociale bijdrage, in procenten van de fte",
        en "Direct social contribution, in percent of the fte",
        source nl "PSO-Nederland, directe-sociale-bijdrage", en "PSO-Nederland, directe-sociale-bijdrage";
    PurchasedFte, "purchased-fte", ["v", "O", "f", "s"], "{0} / {1} × {2} × {3} / 100",
        nl "Ingekochte fte: aandeel in de omzet van de leverancier, zijn fte en zijn directe bijdrage",
        en "Purchased fte: share in the supplier's turnover, its fte and its direct contribution",
        source nl "PSO-Nederland, indirecte-sociale-bijdrage", en "PSO-Nederland, indirecte-sociale-bijdrage";
    AllPurchasedFte, "all-purchased-fte", [], "{+}",
        nl "Ingekochte fte van alle leveranciers (F)",
        en "Purchased fte of all suppliers (F)",
        source nl "PSO-Nederland, indirecte-sociale-bijdrage", en "PSO-Nederland, indirecte-sociale-bijdrage";
    Indirect, "indirect-contribution", ["F", "T"], "100 × {0} / ({1} + {0})",
        nl "Indirecte sociale bijdrage, in procenten van de fte met die van de inkoop",
        en "Indirect social contribution, in percent of the fte with those of the purchases",
        source nl "PSO-Nederland, indirecte-sociale-bijdrage", en "PSO-Nederland, indirecte-sociale-bijdrage";
    EightyTwenty, "eighty-twenty", ["i", "d"], "min({0}; 4 × {1})",
        nl "80/20-regel: indirect telt mee tot vier keer direct, de rest valt weg",
        en "80/20 rule: indirect counts up to four times direct, the rest is cut off",
        source nl "PSO-Nederland, indirecte-sociale-bijdrage", en "PSO-Nederland, indirecte-sociale-bijdrage";
    Total, "total-contribution", ["d", "i"], "{0} + {1}",
        nl "Totale gewogen sociale bijdrage, in procenten",
        en "Total weighted social contribution, in percent",
        source nl "PSO-Nederland, pso-normen", en "PSO-Nederland, pso-normen";
    DirectShare, "direct-share", ["d", "t"], "100 × {0} / {1}",
        nl "Deel van het totaal dat direct is, in procenten; minstens 20",
        en "Share of the total that is direct, in percent; at least 20",
        source nl "PSO-Nederland, directe-sociale-bijdrage", en "PSO-Nederland, directe-sociale-bijdrage";
    ListedNorm, "listed-norm", ["n"], "{0}",
        nl "Norm uit de tabel, in procenten",
        en "Norm of the table, in percent",
        source nl "de normentabel", en "the table of norms";
    InterpolatedNorm, "interpolated-norm", ["n0", "n1", "T", "T0", "T1"], "{0} + ({1} − {0}) × ({2} − {3}) / ({4} − {3})",
        nl "Norm op de rechte lijn tussen twee rijen van de tabel, in procenten",
        en "Norm on the straight line between two rows of the table, in percent",
        source nl "eigen keuze: tussen de gepubliceerde rijen is niets bekend", en "own choice: nothing is known between the published rows";
    DirectFteShort, "direct-fte-short", ["n", "i", "d", "T"], "(max({0} − {1}; {0} / 5) − {2}) × {3} / 100",
        nl "Gewogen fte van de doelgroep die nog nodig zijn, bij gelijke totale fte",
        en "Weighted fte of the target group still needed, with the total fte unchanged",
        source nl "de norm en de 80/20-regel, omgekeerd", en "the norm and the 80/20 rule, turned round";
    PurchasedFteShort, "purchased-fte-short", ["T", "n", "d", "F"], "{0} × ({1} − {2}) / (100 − ({1} − {2})) − {3}",
        nl "Ingekochte fte die nog nodig zijn, bij gelijke directe bijdrage",
        en "Purchased fte still needed, with the direct contribution unchanged",
        source nl "de formule van de indirecte bijdrage, omgekeerd", en "the formula of the indirect contribution, turned round";
    PurchaseShort, "purchase-short", ["x", "O", "f", "s"], "{0} × {1} / ({2} × {3} / 100)",
        nl "Inkoop in euro's die daarvoor nodig is bij deze leverancier",
        en "Purchases in euros that this takes from this supplier",
        source nl "de formule van de ingekochte fte, omgekeerd", en "the formula of the purchased fte, turned round";
    ThirtyPlusShare, "thirty-plus-share", ["k", "K"], "100 × {0} / {1}",
        nl "Deel van de werknemers dat voor PSO 30+ telt, in procenten",
        en "Share of the workers that counts for PSO 30+, in percent",
        source nl "PSO-Nederland, 30-abw-certificaat", en "PSO-Nederland, 30-abw-certificaat";
    SecondLink, "second-link-fte", ["v", "O", "f"], "{0} / {1} × {2}",
        nl "Tweede schakel: ons aandeel in de omzet van de leverancier, van wat die zelf aan fte inkoopt",
        en "Second link: our share in the supplier's turnover, of the fte that it purchases itself",
        source nl "PSO-Nederland, ketenstimulering; telt niet mee in de eigen bijdrage", en "PSO-Nederland, ketenstimulering; does not count in one's own contribution";
}
