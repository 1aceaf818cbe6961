//! Of interests, scores, disqualifications and questions about low prices.

use super::Words;

pub(super) const WORDS: Words = &[
    (
        "quality-fixed",
        "de scores voor kwaliteit staan vast; zij gaan alleen weer open als de prijzen in eigen enveloppen zitten \
         die niemand opende (`quality-reopenings`)",
    ),
    ("declaration-unknown", "het dossier van het perceel heeft deze belangenverklaring niet"),
    (
        "interests-undeclared",
        "een beoordelaar verklaart de eigen belangen in dit perceel voor de eerste score",
    ),
    ("interest-undecided", "over een belang is nog niet besloten"),
    ("interest-barred", "besloten is dat deze beoordelaar niet scoort"),
    (
        "consensus-not-asked",
        "het gunningsmodel berekent de score uit die van de beoordelaars, dus er is geen consensusscore",
    ),
    ("moment-ahead", "geef een moment dat al is geweest"),
    ("moment-passed", "geef een moment dat nog komt"),
    ("bid-unknown", "dit perceel heeft deze inschrijving niet"),
    ("list-empty", "noem er minstens één"),
    ("score-twice", "een criterium van een inschrijving staat er één keer"),
    ("no-claim", "deze organisatie claimt in deze inschrijving geen trede"),
    ("bid-disqualified", "de inschrijving doet al niet mee"),
    ("disqualification-unknown", "het dossier van het perceel heeft geen geldende uitsluiting met deze id"),
    (
        "prices-known",
        "de prijzen kunnen bekend zijn sinds de kwaliteit vaststaat, dus geen score verandert meer",
    ),
    ("quality-open", "de scores voor kwaliteit staan niet vast; rond eerst de kwaliteit af"),
    ("session-needed", "het gunningsmodel scoort met consensus: leg de sessie vast waarin die is bereikt"),
    (
        "scores-not-combined",
        "een andere beoordelaar scoorde dit criterium van deze inschrijving, en het gunningsmodel zegt niet hoe \
         scores er één worden (`assessment`); geef als consensus waarover u het eens bent",
    ),
    ("consensus-held", "de beoordelaars zijn het over dit criterium van deze inschrijving al eens"),
    (
        "assessment-submitted",
        "de score is ingeleverd en ligt vast; wie de procedure leidt, kan haar met een reden heropenen",
    ),
    ("assessment-draft", "de score is een concept; wie haar maakte, kan haar wijzigen"),
    ("another-assessor", "een beoordelaar wijzigt alleen de eigen scores"),
    ("criterion-unknown", "het gunningsmodel heeft geen criterium met deze id dat wordt beoordeeld"),
    ("score-off-scale", "deze score staat niet op de schaal"),
    ("inquiry-exists", "deze inschrijver is al om uitleg gevraagd"),
    ("inquiry-answered", "hierop is al geantwoord of besloten"),
    ("inquiry-decided", "hierover is al besloten"),
    (
        "another-bidder",
        "dit is van een andere inschrijver; een platform handelt voor wie het de inschrijving stuurde of wie het \
         daarvoor aanwees",
    ),
];
