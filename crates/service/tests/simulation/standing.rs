//! What must stand in the vault: the model beside which bids are sent, replaced and taken back.

/// Who sent what counts of a bidder, and for how many euros; none after it was taken back.
pub type Standing = Option<(Sender, u32)>;

/// Who sends a bid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sender {
    /// The bidder.
    Itself,
    /// A platform, by its number.
    Platform(usize),
}

/// A bid that is sent (with its price), or taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sent {
    pub by: Sender,
    pub euros: Option<u32>,
}

impl Sent {
    /// What stands after it. Who did not send what stands, moves nothing: the bidder itself may always.
    pub fn after(self, standing: Standing) -> Standing {
        let may = match (standing, self.by) {
            (_, Sender::Itself) | (None, _) => true,
            (Some((sender, _)), other) => sender == other,
        };
        if may { self.euros.map(|euros| (self.by, euros)) } else { standing }
    }
}

/// Everything that may stand after what was sent at the same moment, in whichever order it came.
pub fn after_both(standings: &[Standing], first: Sent, second: Sent) -> Vec<Standing> {
    let mut all = Vec::new();
    for standing in standings {
        for after in [second.after(first.after(*standing)), first.after(second.after(*standing))] {
            if !all.contains(&after) {
                all.push(after);
            }
        }
    }
    all
}

#[test]
fn a_platform_moves_what_it_sent_and_nothing_else() {
    let (own, one, two) = (Sender::Itself, Sender::Platform(1), Sender::Platform(2));
    let bid = |by, euros| Sent { by, euros: Some(euros) };
    let stands = bid(one, 5).after(None);
    assert_eq!(bid(two, 4).after(stands), Some((one, 5)));
    assert_eq!(bid(one, 4).after(stands), Some((one, 4)));
    assert_eq!(bid(own, 3).after(stands), Some((own, 3)));
    assert_eq!(Sent { by: one, euros: None }.after(Some((own, 3))), Some((own, 3)));
    assert_eq!(after_both(&[None], bid(own, 1), bid(one, 2)), [Some((own, 1))]);
    assert_eq!(after_both(&[None], bid(own, 1), bid(own, 2)).len(), 2);
}
