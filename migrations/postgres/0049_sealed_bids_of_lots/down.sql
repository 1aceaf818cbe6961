ALTER TABLE sealed_bids ADD FOREIGN KEY (municipality_id, tender_id)
    REFERENCES tender_keys (municipality_id, tender_id);
