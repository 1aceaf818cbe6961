"""One tender from draft to award, through the client that openapi-python-client makes of the document."""

import datetime
import json
import os
import time

from trede_client import AuthenticatedClient
from trede_client.api.award import award_lot, propose_award
from trede_client.api.bids import create_bid, list_bids
from trede_client.api.evaluation import (
    conclude_quality,
    create_assessment,
    create_evaluation,
    declare_interests,
)
from trede_client.api.events import list_changes
from trede_client.api.lots import create_lot, replace_award_model
from trede_client.api.municipalities import register_municipality
from trede_client.api.procedure import complete_hand_over, open_tender, publish_tender
from trede_client.api.tenders import create_tender, get_tender
from trede_client.models import (
    NewAssessmentRequest,
    AwardModelInput,
    BidRequest,
    EvaluationRequest,
    HandOverRequest,
    InterestDeclaration,
    LotRequest,
    MunicipalityRequest,
    OpeningRequest,
    Problem,
    AwardProposalRequest,
    TenderRequest,
)

TOKENS = json.loads(os.environ["TREDE_TOKENS"])
MUNICIPALITY = os.environ["TREDE_MUNICIPALITY"]

MODEL = {
    "method": {
        "code": "absolute-linear",
        "corridor": {"fullPointsAt": "350000", "zeroPointsAt": "500000", "below": "clip", "above": "reject"},
    },
    "weightUnit": "percent",
    "criteria": [
        {"id": "prijs", "kind": "price", "weight": "60"},
        {"id": "plan", "kind": "assessed-quality", "weight": "40", "scale": {"highest": "10"}},
    ],
}


def client(role):
    return AuthenticatedClient(base_url=os.environ["TREDE_API"], token=TOKENS[role])


def moment(at):
    return at.isoformat().replace("+00:00", "Z")


def answered(answer):
    """What was answered, or the problem as an error."""
    if answer is None or isinstance(answer, Problem):
        raise RuntimeError(answer)
    return answer


def story():
    operator, buyer, platform, assessor = (client(role) for role in ("operator", "buyer", "platform", "assessor"))
    new = MunicipalityRequest.from_dict({"id": MUNICIPALITY, "name": "Utrecht"})
    answered(register_municipality.sync(client=operator, body=new))

    deadline = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=3)
    tender = answered(create_tender.sync(MUNICIPALITY, client=buyer, body=TenderRequest.from_dict({
        "title": "Groenonderhoud", "buyer": "Gemeente Utrecht", "bidCustody": "platform",
        "deadlineAt": moment(deadline),
    })))
    at = (MUNICIPALITY, tender.id)
    lot = answered(create_lot.sync(*at, client=buyer, body=LotRequest.from_dict({"number": 1, "title": "Wijk Noord"})))
    of_lot = (*at, lot.id)
    model = AwardModelInput.from_dict(MODEL)
    answered(replace_award_model.sync(*of_lot, client=buyer, body=model, if_match='"1"'))
    assert answered(publish_tender.sync(*at, client=buyer)).state == "published"

    sealed = list_bids.sync(*of_lot, client=buyer)
    assert isinstance(sealed, Problem) and sealed.type_ == "urn:problem:trede:bids-not-opened", sealed

    time.sleep((deadline - datetime.datetime.now(datetime.timezone.utc)).total_seconds() + 0.2)
    now = datetime.datetime.now(datetime.timezone.utc)
    attested = {"attestation": {"openedAt": moment(now), "evidence": "proces-verbaal"}}
    answered(open_tender.sync(*at, client=platform, body=OpeningRequest.from_dict(attested)))
    nothing = InterestDeclaration.from_dict({"hasInterest": False})
    answered(declare_interests.sync(*of_lot, client=assessor, body=nothing))
    scores = []
    for number, price, score in (("69599068", "398000.00", "8"), ("68750110", "371000.00", "6")):
        bid = answered(create_bid.sync(*of_lot, client=platform, body=BidRequest.from_dict({
            "bidderKvkNumber": number,
            "receipt": {"receivedAt": moment(deadline - datetime.timedelta(seconds=1)), "hash": "ab" * 32},
            "offer": {"bidderName": f"Inschrijver {number}", "price": price},
        })))
        scores.append((bid.id, score))
    complete = HandOverRequest.from_dict({"numberOfBids": len(scores)})
    answered(complete_hand_over.sync(*at, client=platform, body=complete))
    for bid, score in scores:
        answered(create_assessment.sync(*of_lot, client=assessor, body=NewAssessmentRequest.from_dict({
            "bidId": str(bid), "criterion": "plan", "kind": "consensus", "score": score, "motivation": "Volledig.",
        })))

    assert answered(conclude_quality.sync(*of_lot, client=buyer)).quality_fixed_at
    evaluation = answered(create_evaluation.sync(*of_lot, client=buyer, body=EvaluationRequest.from_dict({})))
    first = evaluation.result.lots[0].ranking[0]
    assert first.total.declared == "75.6", first
    winner = next(bid for bid in answered(list_bids.sync(*of_lot, client=buyer)).items
                  if bid.bidder_kvk_number == "68750110")
    answered(propose_award.sync(*of_lot, client=buyer, body=AwardProposalRequest.from_dict({
        "evaluationId": str(evaluation.id), "bidId": str(winner.id), "motivation": "Hoogste score.",
        "standstillDays": 0,
    })))
    answered(award_lot.sync(*of_lot, client=buyer))
    assert answered(get_tender.sync(*at, client=buyer)).state == "awarded"

    time.sleep(1.5)
    types = [event.type_ for event in answered(list_changes.sync(MUNICIPALITY, client=platform)).items]
    assert (types[0], types[-1]) == ("nl.trede.lot.published", "nl.trede.lot.awarded"), types
    print(f"Python: the story holds, {len(types)} events in the feed")


story()
