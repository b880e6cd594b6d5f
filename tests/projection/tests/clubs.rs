//! A contract's words, from the file to the item: what a row and the rows around it become.

use migratable_core::value::Value;
use migratable_test_projection::Source;
use migratable_test_projection::clubs::{ROWS, SCHEMA, plan};
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn every_word_means_what_it_says() -> anyhow::Result<()> {
    let source = Source::start(SCHEMA, ROWS).await?;
    let plan = plan();
    let item = source.item(&plan, vec![Value::Int(2)]).await?;
    let expected = json!({
        "PK": {"S": "CLUB#0000000002"},
        "club_id": {"N": "2"},
        "parent": {"N": "1"},
        "name": {"S": "Twig"},
        "founded": {"S": "2004-02-29T23:30:00"},
        "open": {"N": "1"},
        "above": {"S": "Root"},
        "year": {"S": "2004"},
        // The last day of a February without a leap day.
        "next_year": {"S": "2005-02-28T23:30:00"},
        "gone_at": {"N": "1078183800"},
        "title": {"S": "Twig (002) since 2004"},
        "kind": {"S": "of Root"},
        "way": {"S": "Root > Twig"},
        "level": {"N": "1"},
        "size": {"N": "3"},
        "eager": {"N": "2"},
        "worth": {"N": "10.5"},
        "mean": {"N": "2.3333"},
        "least": {"N": "1.5"},
        "top": {"L": [
            {"M": {"name": {"S": "Ann"}}},
            {"M": {"name": {"S": "Cy"}, "friend": {"S": "Bo"}}},
        ]},
        "people": {"M": {
            "0000000001": {"M": {"fee": {"N": "1.5"}}},
            "0000000002": {"M": {}},
            "0000000003": {"M": {"fee": {"N": "2.25"}}},
        }},
        "names": {"L": [{"S": "Ann"}, {"S": "Bo"}, {"S": "Cy"}]},
        "tags": {"SS": ["Ann", "Bo", "Cy"]},
    });
    assert_eq!(item, expected);
    let root = source.item(&plan, vec![Value::Int(1)]).await?;
    assert_eq!(root["above"], json!({"S": "none"}));
    assert_eq!(root["kind"], json!({"S": "root"}));
    assert_eq!(root["level"], json!({"N": "0"}));
    // Rows that the entity leaves out are no answer.
    assert_eq!(source.item(&plan, vec![Value::Int(3)]).await?, json!(null));
    Ok(())
}
