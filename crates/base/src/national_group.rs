//! The national list of target groups, by which reports over policies and regions add up.

use crate::words;

words! {
    /// The groups by which reports over policies and regions add up (doelgroepen).
    pub enum NationalGroup is "national target group" {
        /// Assistance under the Participation Act (Participatiewet).
        ParticipationAct = "participatiewet",
        /// Unemployment benefit (WW).
        Unemployment = "ww",
        /// Disability benefit for workers (WIA, WAO).
        Disability = "wia",
        /// Disability benefit for the young (Wajong).
        YoungDisabled = "wajong",
        /// The register of the job agreement (banenafspraak, doelgroepregister).
        JobAgreement = "banenafspraak",
        /// Sheltered work (Wsw, beschut werk).
        ShelteredWork = "wsw",
        /// No benefit (niet-uitkeringsgerechtigd, NUG).
        NoBenefit = "nug",
        /// Pupils of practical or special education (PrO, VSO).
        SpecialEducation = "pro-vso",
        /// Pupils who learn at work (BBL).
        WorkBasedLearning = "bbl",
        /// Pupils of vocational schools who do an internship (BOL, stage).
        SchoolBasedLearning = "bol",
        /// Young people without a start qualification (jongeren zonder startkwalificatie).
        YouthUnqualified = "jongeren",
        /// Holders of a residence permit (statushouders).
        PermitHolders = "statushouders",
        /// The self-employed with assistance (Bbz, zzp).
        SelfEmployed = "bbz",
        /// Former prisoners (ex-gedetineerden).
        FormerPrisoners = "ex-gedetineerden",
        /// Anybody else (overig).
        Other = "overig",
    }
}
