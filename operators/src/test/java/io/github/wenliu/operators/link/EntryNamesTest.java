package io.github.wenliu.operators.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntryNamesTest {

  private static Map<String, NameKind> of(String name, String... aliases) {
    var entry =
        new KbEntry("main", "Q", name, List.of(aliases), List.of(), "", List.of(), null, null);
    return new EntryNames().of(entry, List.of("旧名"), List.of("人称", name));
  }

  @ParameterizedTest
  @CsvSource({
    "北京大学, 北京大学, NAME",
    "北京大学, 别名, ALIAS",
    "北京大学, 旧名, REDIRECT",
    "北京大学, 人称, LEARNED",
    "科比·布莱恩特, 布莱恩特, PART",
    "科比·布莱恩特, 科比布莱恩特, VARIANT",
    "三体（小说）, 三体, VARIANT",
    "三体（小说）, 小说, VARIANT",
    "歼-20, 歼20, VARIANT",
    "奔驰SLK, slk, VARIANT",
    "阿尔卑斯山脉, 阿尔卑斯山, SHORT",
    "北京邮电大学, 北邮, INITIALS",
    "Robert Nardelli, nardelli, PART",
    "The Home Depot, home depot, VARIANT",
    "'Washington, D.C.', washington, SHORT",
    "Federal Bureau of Investigation, fbi, INITIALS",
    "Heathrow Airport, heathrow, SHORT",
  })
  void peopleCallItSo(String name, String alias, NameKind kind) {
    assertThat(of(name, "别名")).containsEntry(alias, kind);
  }

  @Test
  void theSurestReasonCounts() {
    assertThat(of("歼-20", "歼20")).containsEntry("歼20", NameKind.ALIAS);
    assertThat(of("人称")).containsEntry("人称", NameKind.NAME);
  }

  @Test
  void aliasesAreNormalisedAndBounded() {
    var names = of("ＡＢＣ", "  x  ", "", "长".repeat(AliasIndex.MAX_LENGTH + 1));
    assertThat(names).containsKeys("abc", "x").doesNotContainKey("");
    assertThat(names.keySet()).allMatch(name -> name.length() <= AliasIndex.MAX_LENGTH);
  }

  @Test
  void noSingleCharacterIsMadeByRule() {
    assertThat(of("鲁迅").keySet()).allMatch(name -> name.length() >= 2);
  }
}
