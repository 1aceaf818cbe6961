//! What can be wrong in an order under a framework agreement.

use crate::explaining::Language;
use crate::explaining::finding::{Severity, findings};

findings! {
    HoldsNoPlace, "bid-holds-no-place", Error,
        en "this bid holds no place in the framework agreement now" => "name one of: {0}",
        nl "deze inschrijving heeft nu geen plaats in de raamovereenkomst" => "noem een van: {0}";
    WayNeeded, "way-needed", Error,
        en "the framework agreement is mixed and the order does not say how it goes" => "say `by`: {0}",
        nl "de raamovereenkomst is gemengd en de opdracht zegt niet hoe zij gaat" => "geef `by`: {0}";
    WayDeclared, "way-declared", Error,
        en "the award model declares how orders go" => "leave `by` out; it is said with each order only where `callOff` is `mixed`",
        nl "het gunningsmodel legt vast hoe opdrachten gaan" => "laat `by` weg; het hoort alleen bij een opdracht als `callOff` `mixed` is";
    DeclinedOutOfTurn, "declined-out-of-turn", Error,
        en "its turn had not come: {0}" => "name who declined in the order in which it was their turn, and nobody twice",
        nl "die was niet aan de beurt: {0}" => "noem wie weigerde in de volgorde van de beurten, en niemand twee keer";
    DeviationToDecliner, "bid-declined", Error,
        en "this bid declined the order" => "name another, or leave it out of `declined`",
        nl "deze inschrijving heeft de opdracht geweigerd" => "noem een andere, of laat haar weg uit `declined`";
    DeviationWithoutBid, "bid-needed", Error,
        en "there is a reason to deviate, and nobody who gets the order" => "name who gets it, or leave `deviation` out",
        nl "er is een reden om af te wijken, maar niemand die de opdracht krijgt" => "noem wie haar krijgt, of laat `deviation` weg";
    DeviationNeedless, "deviation-needless", Error,
        en "nothing deviates: {0}" => "leave `deviation` out",
        nl "er wordt niet afgeweken: {0}" => "laat `deviation` weg";
    CompetitionNeeded, "competition-needed", Error,
        en "an order by a mini-competition goes to the winner of a tender among the operators" => "name its lot with `tenderId` and `lotId`",
        nl "een opdracht na een minicompetitie gaat naar de winnaar van een aanbesteding tussen de ondernemers" => "noem het perceel met `tenderId` en `lotId`";
    CompetitionNeedless, "competition-needless", Error,
        en "this order does not go by a mini-competition" => "leave `tenderId` and `lotId` out",
        nl "deze opdracht gaat niet na een minicompetitie" => "laat `tenderId` en `lotId` weg";
    CompetitionIsAgreement, "competition-is-agreement", Error,
        en "this is the lot of the framework agreement itself" => "name the lot of the tender among its operators",
        nl "dit is het perceel van de raamovereenkomst zelf" => "noem het perceel van de aanbesteding tussen de ondernemers";
    CompetitionWinnerNeeded, "competition-winner-needed", Error,
        en "several operators won the competition" => "say with `bidId` which of them gets this order: {0}",
        nl "meer dan één ondernemer won de minicompetitie" => "zeg met `bidId` wie van hen deze opdracht krijgt: {0}";
    BeforeAward, "day-before-award", Error,
        en "an order is placed on the day of the award or later" => "give a day from {0} on",
        nl "een opdracht wordt geplaatst op de dag van de gunning of later" => "geef een dag vanaf {0}";
    DayAhead, "day-ahead", Error,
        en "an order is recorded once it is placed" => "give a day up to {0}",
        nl "een opdracht wordt vastgelegd als zij geplaatst is" => "geef een dag tot en met {0}";
    ValueTooLarge, "amount-too-large", Error,
        en "the value of all orders of one operator would be above {0} cents" => "give the value in whole cents, without VAT",
        nl "de waarde van alle opdrachten van één ondernemer zou boven {0} cent uitkomen" => "geef de waarde in hele centen, zonder btw";
}
