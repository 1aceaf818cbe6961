//! What of a request may be counted or told of: no count tells how many bids there are.

use actix_web::http::Method;

/// What stands in the routes of bids, on their own or inside a whole tender.
const OF_BIDS: [&str; 2] = ["bid", "tender-packages"];

/// A method that this API has; what clients make up is one more.
pub(crate) fn known(method: &Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "POST" => "POST",
        "PUT" => "PUT",
        "DELETE" => "DELETE",
        "OPTIONS" => "OPTIONS",
        _ => "other",
    }
}

/// Whether a count of the requests of this route, or to this path, could tell how many bids there are.
pub(crate) fn tells_of_bids(route: &str) -> bool {
    OF_BIDS.iter().any(|part| route.contains(part))
}

/// Whether requests of this route, or to this path, may be counted by who watches over the service: those of bids
/// are not, nor is who asks for the counts.
pub(crate) fn is_counted(route: &str) -> bool {
    !tells_of_bids(route) && !route.contains("/metrics")
}
