//! Rank and score of a seat, and the best that a mentee could get alone, calculated by hand.

use tablehop::domain::Scores;

use super::support::{EventBuilder, e, m, t};

#[test]
fn the_rank_of_a_seat_is_the_better_of_its_topics_and_its_experts() {
    let lists = EventBuilder::new(3, 1, 1).topics(2).topic_ranks(1, &[(1, 2)]).expert_ranks(1, &[(1, 1), (2, 4)]);
    let event = lists.build();
    assert_eq!(event.rank(m(1), e(1), Some(t(1))), Some(1));
    assert_eq!(event.rank(m(1), e(2), Some(t(1))), Some(2));
    assert_eq!(event.rank(m(1), e(2), Some(t(2))), Some(4));
    assert_eq!(event.rank(m(1), e(3), Some(t(1))), Some(2));
    assert_eq!(event.rank(m(1), e(3), Some(t(2))), None);
    assert_eq!(event.rank(m(1), e(3), None), None);
}

#[test]
fn the_score_of_a_seat_adds_its_topics_its_experts_and_the_experts_wish() {
    let lists = EventBuilder::new(2, 2, 1).topics(2).topic_ranks(1, &[(1, 2)]).expert_ranks(1, &[(1, 3)]);
    let event = lists.wishes(1, &[1, 2]).build();
    // By the default tables: topic ranks 100, 70, …; expert ranks 60, 40, 30; a wish 40.
    assert_eq!(event.score(m(1), e(1), Some(t(1))), 70 + 30 + 40);
    assert_eq!(event.score(m(1), e(1), Some(t(2))), 30 + 40);
    assert_eq!(event.score(m(1), e(2), Some(t(1))), 70);
    assert_eq!(event.score(m(2), e(1), Some(t(1))), 40);
    assert_eq!(event.score(m(2), e(2), Some(t(2))), 0);
}

#[test]
fn past_the_end_of_a_table_of_scores_the_last_one_counts() {
    let event = EventBuilder::new(2, 1, 1).expert_ranks(1, &[(1, 3), (2, 9)]).build();
    assert_eq!(event.score(m(1), e(1), None), 30);
    assert_eq!(event.score(m(1), e(2), None), 30);
}

#[test]
fn a_rating_has_the_score_of_its_stars() {
    let stars = EventBuilder::new(3, 1, 1).expert_stars(1, &[(1, 5), (2, 3), (3, 1)]);
    let event = stars.build();
    assert_eq!([1, 2, 3].map(|n| event.score(m(1), e(n), None)), [100, 30, 0]);
    assert_eq!([1, 2, 3].map(|n| event.rank(m(1), e(n), None)), [Some(1), Some(3), Some(5)]);
}

#[test]
fn the_tables_of_scores_are_the_organizers() {
    let scores = Scores { topic_ranks: vec![7], expert_ranks: Vec::new(), expert_wish: 2, stars: vec![1] };
    let event = EventBuilder::new(1, 1, 1).topics(1).topic_ranks(1, &[(1, 2)]).expert_ranks(1, &[(1, 1)]);
    let event = event.wishes(1, &[1]).scores(scores).build();
    assert_eq!(event.score(m(1), e(1), Some(t(1))), 7 + 2);
}

#[test]
fn the_best_alone_is_bound_by_rounds_and_meetings_wanted() {
    // The experts of rank 1 and 2 are there in round 1 only, the one of rank 3 always.
    let event = || {
        let lists = EventBuilder::new(3, 1, 2).expert_ranks(1, &[(1, 1), (2, 2), (3, 3)]);
        lists.expert_away(1, &[2]).expert_away(2, &[2])
    };
    assert_eq!(event().build().best_score_alone(m(1), |_| true), 60 + 30);
    assert_eq!(event().build().best_score_alone(m(1), |expert| expert != e(1)), 40 + 30);
    assert_eq!(event().most(1, 1).build().best_score_alone(m(1), |_| true), 60);
    assert_eq!(event().mentee_away(1, &[2]).build().best_score_alone(m(1), |_| true), 60);
    assert_eq!(event().capacity(1, 0).build().best_score_alone(m(1), |_| true), 40 + 30);
}

#[test]
fn the_best_alone_takes_each_experts_best_topic() {
    let lists = EventBuilder::new(2, 1, 2).topics(2).topic_ranks(1, &[(1, 1), (2, 2)]);
    assert_eq!(lists.offers(2, &[2]).build().best_score_alone(m(1), |_| true), 100 + 70);
}
