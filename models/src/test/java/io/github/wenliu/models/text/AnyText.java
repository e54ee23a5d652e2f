package io.github.wenliu.models.text;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Strings that are hard on offsets: pieces of every script and trick, mixed at random. */
public final class AnyText {
  private AnyText() {}

  public static Arbitrary<String> texts() {
    return Arbitraries.oneOf(pieces(), units(), codePoints())
        .list()
        .ofMaxSize(12)
        .map(parts -> String.join("", parts));
  }

  private static Arbitrary<String> pieces() {
    return Arbitraries.of(
        "中国",
        "村BA",
        "5G基站",
        "新能源汽车",
        "的",
        "𠮷野家",
        "𪚥",
        "\uE000",
        "かな",
        "カナ",
        "ｶﾞ",
        "한국",
        "각",
        "ＡＢｃ１２",
        "㍿",
        "½",
        "\uFDFA",
        "ﬁ",
        "㈱",
        "℃",
        "①",
        "é",
        "e\u0301",
        "中\u0301",
        "\u0301\u0323",
        "H\u0331",
        "\u0344",
        "İ",
        "ẞ",
        "\u200B",
        "\u200D",
        "\uFEFF",
        "\u00AD",
        "\u202E",
        "\u3164",
        "\uFE0F",
        "葛\uDB40\uDD00",
        "👨‍👩‍👧",
        "👍🏽",
        "🇨🇳",
        "🇨",
        "1️⃣",
        "#️⃣",
        "❤️",
        "☀",
        "🏴\uDB40\uDC67\uDB40\uDC7F",
        "http://a.b/c?d=1.",
        "https://",
        "www.x.cn，",
        "@小明 ",
        "@",
        "a@b.cn",
        "＠ＡＢ",
        " ",
        "\u3000",
        "\n",
        "\u0000",
        "\u0085",
        "\u2028",
        "，",
        "。",
        "……",
        "——",
        "3.5亿",
        "50%",
        "15:06",
        "\uD83D",
        "\uDE00",
        "\uDB40",
        "مرحبا",
        "привет",
        "नि",
        "ไทย",
        "\u1100\u1161\u11A8",
        "\u1161",
        "\uFFFE");
  }

  private static Arbitrary<String> units() {
    return Arbitraries.integers().between(0, 0xFFFF).map(c -> String.valueOf((char) (int) c));
  }

  private static Arbitrary<String> codePoints() {
    return Arbitraries.integers().between(0, 0x10FFFF).map(Character::toString);
  }
}
