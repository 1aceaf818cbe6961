//! Who gets in, and to what: the token of the session decides, as it does on the API.

use actix_web::http::Method;
use trede_model::frame::role::Role;

use crate::console::browser::{HOME, Site};
use crate::support;

#[actix_web::test]
async fn who_is_not_logged_in_is_sent_to_the_log_in_and_back_to_our_own_pages_only() {
    let site = Site::on(support::sqlite()).await;
    let nobody = site.nobody();
    let sent = nobody.get("/gm0344/tenders?q=a").await;
    assert_eq!((sent.status, sent.location()), (303, "/login?to=%2Fgm0344%2Ftenders%3Fq%3Da"));
    for evil in ["//evil.example", "https://evil.example", "/\\evil.example"] {
        let entered = nobody.post("/login", &[("role", "0"), ("to", evil)]).await;
        assert_eq!((entered.status, entered.location()), (303, "/"), "{evil}");
    }
}

#[actix_web::test]
async fn a_page_that_the_role_may_not_see_says_so() {
    let site = Site::on(support::sqlite()).await;
    site.make_municipality().await;
    let bidder = site.enter(Role::Bidder, 1).await;
    for page in ["portfolio", "audit", "years/2026"] {
        let shown = bidder.get(&format!("{HOME}/{page}")).await;
        assert_eq!(shown.status, 403, "{page}");
        assert!(shown.html.contains("Dit mag u niet"), "{page}");
    }
    assert_eq!(bidder.get("/gm0599/tenders").await.status, 403);
    assert_eq!(bidder.get(&format!("{HOME}/nothing")).await.status, 404);
}

#[actix_web::test]
async fn a_session_ends_for_good_and_after_half_an_hour_without_use() {
    for database in support::databases() {
        let site = Site::on(database).await;
        site.make_municipality().await;
        let buyer = site.enter(Role::Buyer, 1).await;
        let secret = buyer.cookie("trede").unwrap();
        buyer.post("/logout", &[]).await;
        let with_old = |secret: String| {
            let nobody = site.nobody();
            async move {
                let cookie = format!("trede={secret}");
                nobody.send(Method::GET, HOME, |it| it.insert_header(("cookie", cookie))).await.status
            }
        };
        assert_eq!(with_old(secret).await, 303);
        let buyer = site.enter(Role::Buyer, 1).await;
        assert_eq!(buyer.get(HOME).await.status, 200);
        site.clock.advance(chrono::TimeDelta::minutes(31));
        assert_eq!(buyer.get(HOME).await.status, 303);
    }
}

#[actix_web::test]
async fn the_api_looks_at_no_cookie_and_answers_no_page() {
    let site = Site::on(support::sqlite()).await;
    let buyer = site.enter(Role::Buyer, 1).await;
    let asked = buyer.get("/v1/municipalities").await;
    assert_eq!(asked.status, 401);
    let nothing = buyer.get("/v1/nothing").await;
    assert_eq!(nothing.status, 404);
    assert_eq!(nothing.header("content-type"), Some("application/problem+json"));
}

#[actix_web::test]
async fn a_page_loads_what_is_ours_and_is_kept_nowhere() {
    let site = Site::on(support::sqlite()).await;
    let page = site.nobody().get("/login").await;
    let policy = page.header("content-security-policy").unwrap();
    for part in ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"] {
        assert!(policy.contains(part), "{policy}");
    }
    assert!(!policy.contains("unsafe"), "{policy}");
    assert_eq!(page.header("cache-control"), Some("no-store"));
    let html = page.html.replace("&#x2f;", "/");
    let asset = html.split("href=\"/assets/").nth(1).unwrap().split('"').next().unwrap();
    let asset = site.nobody().get(&format!("/assets/{asset}")).await;
    assert_eq!(asset.status, 200);
    assert!(asset.header("cache-control").unwrap().contains("immutable"));
}
