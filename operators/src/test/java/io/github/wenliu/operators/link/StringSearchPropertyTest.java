package io.github.wenliu.operators.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

/** The search against asking for each string by itself. */
class StringSearchPropertyTest {

  @Property
  void whatIsFoundIsWhatTheTextContains(
      @ForAll @Size(max = 20)
          List<@CharRange(from = 'a', to = 'c') @StringLength(max = 4) String> strings,
      @ForAll @CharRange(from = 'a', to = 'c') @StringLength(max = 30) String text) {
    var search = new StringSearch();
    var numbers = new ArrayList<Integer>();
    strings.forEach(string -> numbers.add(search.add(string)));
    var found = search.in(text);
    for (int i = 0; i < strings.size(); i++) {
      assertThat(found.get(numbers.get(i)))
          .describedAs("%s in %s", strings.get(i), text)
          .isEqualTo(text.contains(strings.get(i)));
      assertThat(search.add(strings.get(i))).isEqualTo(numbers.get(i));
    }
    assertThat(numbers.stream().distinct().count()).isEqualTo(strings.stream().distinct().count());
  }
}
