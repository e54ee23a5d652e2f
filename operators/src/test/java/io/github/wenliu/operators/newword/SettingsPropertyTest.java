package io.github.wenliu.operators.newword;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wenliu.models.text.NormalizedText;
import io.github.wenliu.operators.document.Setting;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What holds in an epoch is what the changes say, whatever was folded or read back from state. */
class SettingsPropertyTest {

  private static final int EPOCHS = 12;
  private static final List<String> PINNED = List.of("墨鲷", "屿安", "鼹璐");
  private static final List<String> TYPES = List.of("PER", "ORG");

  @Property(tries = 300)
  void whatHoldsIsWhatWasSaid(@ForAll Random random) {
    var said = new ArrayList<Setting>();
    var settings = new Settings();
    var state = new HashSet<Setting>();
    for (int closed = 0; closed < EPOCHS; closed++) {
      for (int change = random.nextInt(4); change > 0; change--) {
        var setting = random(random, closed);
        said.add(setting);
        state.removeAll(settings.apply(setting));
        state.add(setting);
      }
      if (random.nextBoolean()) {
        state.removeAll(settings.fold("main", closed));
      }
      if (random.nextInt(4) == 0) {
        var shuffled = new ArrayList<>(state);
        Collections.shuffle(shuffled, random);
        settings = Settings.of(shuffled);
      }
      for (long epoch = closed; epoch < EPOCHS + 3; epoch++) {
        assertThat(found(settings, epoch)).isEqualTo(expected(said, epoch));
      }
    }
    state.removeAll(settings.fold("main", EPOCHS + 5));
    assertThat(state).hasSameSizeAs(expected(said, EPOCHS + 5).keySet());
  }

  private static Setting random(Random random, int closed) {
    long epoch = closed + random.nextInt(4);
    if (random.nextInt(3) == 0) {
      var value = random.nextInt(3) == 0 ? null : "m" + random.nextInt(3) + "/v1:news";
      return new Setting("model", "main", "extraction", value, epoch);
    }
    var type = random.nextInt(3) == 0 ? null : TYPES.get(random.nextInt(TYPES.size()));
    return new Setting("entity", "main", PINNED.get(random.nextInt(PINNED.size())), type, epoch);
  }

  /**
   * Of each thing, the setting that begins last by an epoch, among those behind which nothing is
   * said that begins as early or earlier; what is taken back is left out.
   */
  private static Map<String, String> expected(List<Setting> said, long epoch) {
    var newest = new HashMap<String, Setting>();
    for (int i = 0; i < said.size(); i++) {
      var setting = said.get(i);
      if (setting.epoch() <= epoch && !isErased(setting, said.subList(i + 1, said.size()))) {
        newest.merge(
            setting.target(), setting, (one, other) -> one.epoch() > other.epoch() ? one : other);
      }
    }
    var values = new HashMap<String, String>();
    newest.forEach(
        (target, setting) -> {
          if (setting.value() != null) {
            values.put(target, setting.value());
          }
        });
    return values;
  }

  private static boolean isErased(Setting setting, List<Setting> saidLater) {
    return saidLater.stream()
        .anyMatch(later -> later.key().equals(setting.key()) && later.epoch() <= setting.epoch());
  }

  private static Map<String, String> found(Settings settings, long epoch) {
    var found = new HashMap<String, String>();
    var inForce = settings.at("main", epoch);
    if (inForce.model() != null) {
      found.put("extraction", inForce.model().text());
    }
    if (inForce.pins() != null) {
      for (String text : PINNED) {
        inForce
            .pins()
            .in(NormalizedText.of(text))
            .forEach(entity -> found.put(text, entity.type()));
      }
    }
    return found;
  }
}
