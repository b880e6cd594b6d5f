//! A contract of clubs with every word for what is worked out, and tables and rows it is of.

use migratable_contract::diagnostic::{SourceFile, render};
use migratable_contract::{load, model};
use migratable_core::plan::Plan;

/// The tables.
pub const SCHEMA: &str = "
CREATE TABLE clubs (id INT PRIMARY KEY, parent_id INT NULL, name VARCHAR(20) COLLATE utf8mb4_unicode_ci NOT NULL, motto VARCHAR(40) COLLATE utf8mb4_unicode_ci NULL, founded DATETIME NOT NULL, open TINYINT NOT NULL, rating DECIMAL(4,1) NULL, FOREIGN KEY (parent_id) REFERENCES clubs (id));
CREATE TABLE members (id INT PRIMARY KEY, club_id INT NOT NULL, friend_id INT NULL, name VARCHAR(20) COLLATE utf8mb4_unicode_ci NOT NULL, fee DECIMAL(6,2) NULL, hours INT NOT NULL, FOREIGN KEY (club_id) REFERENCES clubs (id), FOREIGN KEY (friend_id) REFERENCES members (id));
";

/// Their rows.
pub const ROWS: &str = "
INSERT INTO clubs VALUES (1, NULL, 'Root', 'All', '2001-02-03 04:05:06', 1, 4.5), (2, 1, 'Twig', NULL, '2004-02-29 23:30:00', 1, NULL), (3, 2, 'Shut', NULL, '2010-01-01 00:00:00', 0, NULL);
INSERT INTO members VALUES (1, 2, NULL, 'Ann', 1.50, 4), (2, 2, 1, 'Bo', NULL, 1), (3, 2, 2, 'Cy', 2.25, 2), (4, 1, NULL, 'Di', 9.99, 9);
";

/// The contract.
pub const CONTRACT: &str = r##"
contract: 1
name: clubs
source:
  server: mariadb 10.11
  tables:
    clubs:
      columns:
        id: int
        parent_id: int null
        name: varchar(20) collate utf8mb4_unicode_ci
        motto: varchar(40) collate utf8mb4_unicode_ci null
        founded: datetime
        open: tinyint
        rating: decimal(4,1) null
      primary_key: [id]
      foreign_keys: { parent_id: clubs.id }
    members:
      columns:
        id: int
        club_id: int
        friend_id: int null
        name: varchar(20) collate utf8mb4_unicode_ci
        fee: decimal(6,2) null
        hours: int
      primary_key: [id]
      foreign_keys: { club_id: clubs.id, friend_id: members.id }
tables:
  Clubs: { partition: PK }
entities:
  Club:
    table: Clubs
    rows: clubs
    where: open = 1
    otherwise: tombstone
    repository: clubs
    key: { PK: "CLUB#{id}" }
    attributes:
      club_id: id
      parent: parent_id
      name: name
      motto: motto
      founded: founded
      open: open
      rating: rating
      above: { path: parent_id.name, when_null: none }
      year: { path: founded, format: "%Y" }
      next_year: { path: founded, plus: 1y }
      gone_at: { path: founded, plus: 1d, as: epoch, zone: UTC }
      title: { text: "{name} ({id:03}) since {founded:%Y}" }
      kind: { case: { parent_id is null: root, "parent_id.name = 'Root'": "of {parent_id.name}" }, else: deep }
      way: { ancestors: parent_id, take: name, join: " > " }
      level: { depth: parent_id }
      size: { count: members.club_id }
      eager: { count: members.club_id, where: hours > 1 }
      worth: { sum: members.club_id, of: fee * hours, when_null: 0 }
      mean: { avg: members.club_id, of: hours }
      least: { min: members.club_id, of: fee }
      top: { collect: members.club_id, order: hours desc, limit: 2, fields: { name: name, friend: friend_id.name } }
      people: { collect: members.club_id, keyed_by: id, fields: { fee: fee } }
      names: { collect: members.club_id, take: name }
      tags: { collect: members.club_id, take: name, as: SS }
    dropped:
      foreign key parent_id: DynamoDB does not enforce it
access_patterns:
  Club.by_id: { get: [club_id] }
dropped:
  members: they are in their clubs
"##;

/// The plan of its clubs.
pub fn plan() -> Plan {
    let outcome = load(&SourceFile::new("contract.yaml", CONTRACT));
    let contract: Option<model::Contract> = outcome.value;
    let report = render(&outcome.diagnostics, false);
    contract.map(|contract| contract.entities[0].plan.clone()).unwrap_or_else(|| panic!("{report}"))
}
