package dev.tutti.playlist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.audio.PlayOrder;
import dev.tutti.api.audio.PlayOrder.Repeat;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OrderTest {
  private static final PlayOrder STRAIGHT = new PlayOrder(false, Repeat.NONE);
  private static final PlayOrder SHUFFLED = new PlayOrder(true, Repeat.NONE);

  @Test
  void straightOrderGoesThroughTheListOnce() {
    assertThat(walk(new Order(catalog(4), STRAIGHT, 1)))
        .containsExactly("0/a00", "0/a01", "0/a02", "0/a03");
  }

  @Test
  void shuffledOrderPlaysEveryTrackOnceAndTheSameAgainAfterARestart() {
    List<String> first = walk(new Order(catalog(50), SHUFFLED, 7));
    assertThat(first).doesNotHaveDuplicates().hasSize(50);
    assertThat(walk(new Order(catalog(50), SHUFFLED, 7))).isEqualTo(first);
    assertThat(walk(new Order(catalog(50), SHUFFLED, 8))).isNotEqualTo(first);
    assertThat(walk(new Order(catalog(50), STRAIGHT, 7))).isNotEqualTo(first);
  }

  @Test
  void repeatAllBeginsAgainAndShufflesAnew() {
    Order order = new Order(catalog(30), new PlayOrder(true, Repeat.ALL), 3);
    List<String> twice = new ArrayList<>();
    Place place = order.first(0).orElseThrow();
    for (int i = 0; i < 60; i++) {
      twice.add(place.id());
      place = order.next(place, true).orElseThrow();
    }
    assertThat(twice.subList(0, 30)).doesNotHaveDuplicates();
    assertThat(twice.subList(30, 60)).doesNotHaveDuplicates().isNotEqualTo(twice.subList(0, 30));
  }

  @Test
  void repeatTrackAppliesAtTheEndOfATrackButNotToNext() {
    Order order = new Order(catalog(3), new PlayOrder(false, Repeat.TRACK), 0);
    Place place = order.first(0).orElseThrow();
    assertThat(order.next(place, true)).map(Place::id).contains("0/a00");
    assertThat(order.next(place, false)).map(Place::id).contains("0/a01");
  }

  @Test
  void previousUndoesNext() {
    for (boolean shuffle : new boolean[] {false, true}) {
      Order order = new Order(catalog(20), new PlayOrder(shuffle, Repeat.ALL), 5);
      Place place = order.first(0).orElseThrow();
      for (int i = 0; i < 45; i++) {
        Place next = order.next(place, false).orElseThrow();
        assertThat(order.previous(next)).map(Place::id).contains(place.id());
        place = next;
      }
    }
  }

  @Test
  void aTrackThatIsGoneStillHasItsNeighbours() {
    Order with = new Order(catalog(20), SHUFFLED, 11);
    List<String> order = walk(with);
    Catalog without =
        new Catalog(
            catalog(20).items().stream().filter(i -> !i.id().equals(order.get(7))).toList());
    Place gone = Place.startOf(order.get(7), 0);
    assertThat(new Order(without, SHUFFLED, 11).next(gone, false))
        .map(Place::id)
        .contains(order.get(8));
    assertThat(new Order(without, SHUFFLED, 11).previous(gone))
        .map(Place::id)
        .contains(order.get(6));
  }

  @Test
  void anEmptyListHasNoPlace() {
    Order order = new Order(Catalog.EMPTY, STRAIGHT, 0);
    assertThat(order.first(0)).isEmpty();
    assertThat(order.next(Place.startOf("0/x", 0), false)).isEmpty();
    assertThat(order.previous(Place.startOf("0/x", 0))).isEmpty();
  }

  private static List<String> walk(Order order) {
    List<String> ids = new ArrayList<>();
    Optional<Place> place = order.first(0);
    while (place.isPresent()) {
      ids.add(place.get().id());
      place = order.next(place.get(), true);
    }
    return ids;
  }

  static Catalog catalog(int count) {
    return new Catalog(
        IntStream.range(0, count)
            .mapToObj(i -> String.format("0/a%02d", i))
            .map(id -> new Item(id, Path.of("/music", id), 1, 1))
            .toList());
  }
}
