//! Evidence (bewijsstukken): files that show that an entry happened, and what kinds of file are taken.

use super::words::words;

words! {
    /// What a file shows (soort bewijsstuk). Names stay out: a file has no name of its own here.
    pub enum EvidenceKind is "kind of evidence" {
        /// An employment, secondment or internship contract (arbeids-, detacherings- of stageovereenkomst).
        Contract = "contract",
        /// A payroll or hours list (loonstrook, urenlijst).
        Hours = "hours",
        /// What shows the group of the candidate (bewijs van de doelgroep).
        Group = "group",
        /// An invoice excluding VAT (factuur).
        Invoice = "invoice",
        /// The description and hours of an activity (activiteit).
        Activity = "activity",
        /// Anything else (overig).
        Other = "other",
    }
}

words! {
    /// A kind of file that is taken (bestandstype).
    pub enum MediaType is "media type" {
        /// A document.
        Pdf = "application/pdf",
        /// A picture.
        Png = "image/png",
        /// A picture.
        Jpeg = "image/jpeg",
        /// A picture.
        Webp = "image/webp",
        /// A workbook (Office Open XML).
        Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        /// A workbook (OpenDocument).
        Ods = "application/vnd.oasis.opendocument.spreadsheet",
        /// A table of text.
        Csv = "text/csv",
    }
}

words! {
    /// What the malware scanner said of a file (virusscan).
    pub enum ScanState is "state of the scan" {
        /// Nothing was found.
        Clean = "clean",
        /// No scanner was configured when the file came in.
        NotScanned = "not-scanned",
    }
}
