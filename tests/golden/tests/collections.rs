//! Collections in a program's hands: what docs/guide.md does with them.
#![deny(warnings, missing_docs)]

#[path = "../generated/collected/mod.rs"]
pub mod quiz;

use migratable::Entity;

/// The letters of the answers that give points, the best first.
pub fn best_letters(question: &quiz::Question) -> Vec<&str> {
    let best = question.answers.iter().filter(|answer| answer.points > 0);
    best.map(|answer| answer.letter.as_str()).collect()
}

/// What an answer says, if the question has it and it says something.
pub fn text_of<'q>(question: &'q quiz::Question, letter: &str) -> Option<&'q str> {
    question.by_letter.get(letter)?.text.as_deref()
}

/// An answer of a question.
fn answer(letter: &str, text: Option<&str>, points: i16) -> quiz::QuestionAnswers {
    quiz::QuestionAnswers { letter: letter.to_owned(), text: text.map(str::to_owned), points, image: None }
}

#[test]
fn a_struct_has_lists_and_maps_and_an_item_gives_them_back() {
    let answers = vec![answer("a", Some("One"), 5), answer("c", None, 1), answer("b", Some("Two"), 0)];
    let named = answers.iter().map(|answer| {
        let element = quiz::QuestionByLetter { text: answer.text.clone() };
        (answer.letter.clone(), element)
    });
    let question = quiz::Question {
        question_id: 1,
        text: "How many moons?".to_owned(),
        by_letter: named.collect(),
        answers,
        letters: vec![],
        texts: vec![],
        right: vec![],
        latest: vec![],
        slowest: vec![],
        answer_count: 3,
        points: 6.into(),
        first_pick: None,
        last_pick: None,
        in_words: vec![],
        quickest: vec![],
        known: Default::default(),
        days: vec![],
    };
    assert_eq!(best_letters(&question), ["a", "c"]);
    assert_eq!(
        [text_of(&question, "a"), text_of(&question, "c"), text_of(&question, "x")],
        [Some("One"), None, None]
    );
    let item = question.to_item().expect("an item");
    assert!(
        item.contains_key("letters") && !item.contains_key("right"),
        "an empty list is there, an empty set can't be"
    );
    assert_eq!(quiz::Question::from_item(&item).expect("the question"), question);
}
