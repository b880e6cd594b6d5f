use super::{Alarm, Answer, Apply, End, Projection, Put};
use crate::protocol::stamp::{Stamp, Stored, Version};

type Pass = Apply<&'static str, u8, char>;

const fn version(n: u64) -> Version {
    Version { era: 1, n }
}

const fn stored(n: u64) -> Stored {
    Stored::Stamped(Stamp { version: version(n), shape: 1, gone: false })
}

/// A pass over a, b and c, up to its puts: each has one row of dirt, 1, 2 and 3; c's row is gone. Its version is 5.
fn before_puts(pass: Pass) -> Put<&'static str, u8, char> {
    let Apply::List(list) = pass else { panic!("{pass:?}") };
    assert_eq!(list.keys().copied().collect::<Vec<_>>(), ["a", "b", "c"]);
    let Apply::Allocate(allocate) = list.listed([vec![1], vec![2], vec![3]]) else { panic!("no dirt") };
    let Apply::Project(project) = allocate.allocated(version(5)) else { panic!("no keys") };
    let items = [Projection::Item('A'), Projection::Item('B'), Projection::Nothing];
    let Apply::Put(put) = project.projected(items) else { panic!("no items") };
    put
}

/// What is cleared, and how each key ended.
fn end(pass: Pass) -> (Vec<u8>, Vec<End>) {
    let (cleared, done) = match pass {
        Apply::Clear(clear) => (clear.dirt().copied().collect(), clear.cleared()),
        done => (Vec::new(), done),
    };
    let Apply::Done(finished) = done else { panic!("{done:?}") };
    (cleared, finished.into_iter().map(|finished| finished.end).collect())
}

const KEYS: [&str; 3] = ["a", "b", "c"];

#[test]
fn what_is_put_says_when_it_was_made_and_what_is_gone_leaves_a_tombstone() {
    let put = before_puts(Apply::each(1, KEYS));
    let stamp = |gone| Stamp { version: version(5), shape: 1, gone };
    let writes: Vec<_> = put.writes().map(|write| (*write.key, write.item.copied(), write.stamp)).collect();
    assert_eq!(
        writes,
        [("a", Some('A'), stamp(false)), ("b", Some('B'), stamp(false)), ("c", None, stamp(true))]
    );
    assert!(put.writes().all(|write| write.guard.below == version(5) && write.guard.shape == 1));
}

#[test]
fn a_pass_over_clean_keys_is_done_at_once() {
    let Apply::List(list) = Pass::each(1, KEYS) else { panic!("a pass lists first") };
    assert_eq!(end(list.listed([vec![], vec![], vec![]])), (vec![], vec![End::Clean; 3]));
    assert_eq!(end(Pass::each(1, [])), (vec![], vec![]));
}

#[test]
fn p11_what_no_item_can_hold_stays_dirty_and_its_neighbours_do_not() {
    for pass in [Apply::each(1, KEYS), Apply::together(1, KEYS)] {
        let put = before_puts(pass);
        let answers = [(0, Answer::In), (1, Answer::Impossible("over 400 KB".to_owned())), (2, Answer::In)];
        let (cleared, ends) = end(put.answered(answers));
        assert_eq!(cleared, [1, 3]);
        assert_eq!(ends, [End::In, End::DeadLetter("over 400 KB".to_owned()), End::In]);
    }
}

#[test]
fn p11_a_row_that_no_item_can_be_made_of_is_not_put() {
    let Apply::List(list) = Pass::each(1, ["a", "b"]) else { panic!("a pass lists first") };
    let Apply::Allocate(allocate) = list.listed([vec![1], vec![2]]) else { panic!("no dirt") };
    let Apply::Project(project) = allocate.allocated(version(5)) else { panic!("no keys") };
    let items = [Projection::Impossible("39 digits".to_owned()), Projection::Item('B')];
    let Apply::Put(put) = project.projected(items) else { panic!("no items") };
    assert_eq!(put.writes().map(|write| *write.key).collect::<Vec<_>>(), ["b"]);
    let (cleared, ends) = end(put.answered([(1, Answer::In)]));
    assert_eq!((cleared, ends), (vec![2], vec![End::DeadLetter("39 digits".to_owned()), End::In]));
}

#[test]
fn p10_none_of_a_unit_is_cleared_before_all_is_in() {
    let answers = || [(0, Answer::In), (1, Answer::Failed("throttled".to_owned())), (2, Answer::In)];
    let ends = [End::In, End::Failed("throttled".to_owned()), End::In];
    let (cleared, ended) = end(before_puts(Apply::together(1, KEYS)).answered(answers()));
    assert_eq!((cleared, ended.as_slice()), (vec![], ends.as_slice()));
    // Keys that have nothing to do with each other don't wait.
    let (cleared, ended) = end(before_puts(Apply::each(1, KEYS)).answered(answers()));
    assert_eq!((cleared, ended.as_slice()), (vec![1, 3], ends.as_slice()));
}

#[test]
fn p10_keys_that_something_newer_is_under_drop_out_and_the_rest_is_tried_again() {
    let put = before_puts(Apply::together(1, KEYS));
    let answers = [(0, Answer::HeldBack), (1, Answer::Refused(stored(6))), (2, Answer::HeldBack)];
    let Apply::Put(again) = put.answered(answers) else { panic!("the rest is not tried again") };
    assert_eq!(again.writes().map(|write| *write.key).collect::<Vec<_>>(), ["a", "c"]);
    let Apply::Sequence(sequence) = again.answered([(0, Answer::In), (2, Answer::In)]) else {
        panic!("what a refusal means depends on the sequence")
    };
    assert_eq!(end(sequence.is_at(version(6))), (vec![1, 2, 3], vec![End::In, End::Superseded, End::In]));
}

#[test]
fn p8_an_alarm_clears_nothing_of_its_key() {
    let put = before_puts(Apply::each(1, KEYS));
    let answers = [(0, Answer::In), (1, Answer::Refused(stored(6))), (2, Answer::Refused(Stored::Unstamped))];
    let Apply::Sequence(sequence) = put.answered(answers) else { panic!("no refusals") };
    // A failover took the sequence back behind what stands there.
    let (cleared, ends) = end(sequence.is_at(version(5)));
    let beyond = Alarm::BeyondSequence { stored: version(6), last: version(5) };
    assert_eq!((cleared, ends), (vec![1], vec![End::In, End::Alarm(beyond), End::Alarm(Alarm::Foreign)]));
}

#[test]
fn p9_what_a_newer_contract_wrote_is_left_to_it() {
    let newer = Stored::Stamped(Stamp { version: version(4), shape: 2, gone: false });
    let put = before_puts(Apply::each(1, KEYS));
    let answers = [(0, Answer::In), (1, Answer::Refused(newer)), (2, Answer::In)];
    let Apply::Sequence(sequence) = put.answered(answers) else { panic!("no refusals") };
    let (cleared, ends) = end(sequence.is_at(version(5)));
    assert_eq!((cleared, ends), (vec![1, 3], vec![End::In, End::NewerShape { stored: 2 }, End::In]));
}

#[test]
fn what_was_not_answered_is_still_to_be_put() {
    let put = before_puts(Apply::each(1, KEYS));
    let Apply::Put(rest) = put.answered([(1, Answer::In), (7, Answer::In)]) else {
        panic!("the rest is forgotten")
    };
    assert_eq!(rest.writes().map(|write| *write.key).collect::<Vec<_>>(), ["a", "c"]);
}
