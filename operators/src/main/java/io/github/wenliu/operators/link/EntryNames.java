package io.github.wenliu.operators.link;

import io.github.wenliu.models.text.NormalizedText;
import io.github.wenliu.models.text.Segmenter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/**
 * Under which aliases an entry is looked up: its name, its aliases, names of entries that redirect
 * to it, what annotated texts call it, and what people make of a name: they leave out what is in
 * brackets, the last word, the given name, or all but the first characters. Each alias is
 * normalised; of several reasons for one the surest counts. Not thread-safe.
 */
final class EntryNames {

  private static final Pattern BRACKETS = Pattern.compile("^(.+?)\\s*[(（](.+?)[)）]$");
  private static final Pattern BETWEEN = Pattern.compile("[\\s·•‧\\-—:：,，.!！?？\"“”《》]+");
  private static final Pattern DOTS = Pattern.compile("[·•‧]");
  private static final Pattern HAN = Pattern.compile("\\p{IsHan}+");
  private static final Pattern LATIN = Pattern.compile("[\\p{IsLatin}\\p{N} .,&'’/-]+");
  private static final Pattern LATIN_HAN =
      Pattern.compile("^([\\p{IsLatin}\\p{N} .&'-]+?) ?(\\p{IsHan}+)$");
  private static final Pattern HAN_LATIN =
      Pattern.compile("^(\\p{IsHan}+) ?([\\p{IsLatin}\\p{N} .&'-]+)$");
  private static final Pattern BLANKS = Pattern.compile(" +");
  private static final Pattern ARTICLE = Pattern.compile("^(?i:the|a|an) ");
  private static final Pattern SCHOOL = Pattern.compile("大学|学院|中学");

  /** Shortest alias that is made by rule, in UTF-16 units. */
  private static final int MIN_LENGTH = 2;

  /** Shortest word of a Latin name that stands for the whole. */
  private static final int MIN_LATIN = 3;

  private final Segmenter segmenter = Segmenter.base();

  /**
   * The aliases of an entry, none longer than {@link AliasIndex#MAX_LENGTH}.
   *
   * @param redirected names of entries that redirect to it
   * @param learned what annotated texts call it
   */
  Map<String, NameKind> of(
      KbEntry entry, Collection<String> redirected, Collection<String> learned) {
    var names = new LinkedHashMap<String, NameKind>();
    add(names, entry.name(), NameKind.NAME);
    entry.aliases().forEach(alias -> add(names, alias, NameKind.ALIAS));
    redirected.forEach(name -> add(names, name, NameKind.REDIRECT));
    learned.forEach(name -> add(names, name, NameKind.LEARNED));
    derive(
        entry.name(),
        (alias, kind) -> {
          if (alias.strip().length() >= MIN_LENGTH) {
            add(names, alias, kind);
          }
        });
    return names;
  }

  private static void add(Map<String, NameKind> names, String name, NameKind kind) {
    var alias = NormalizedText.normalize(name).strip();
    if (!alias.isEmpty() && alias.length() <= AliasIndex.MAX_LENGTH) {
      names.merge(alias, kind, (a, b) -> a.compareTo(b) <= 0 ? a : b);
    }
  }

  private void derive(String name, BiConsumer<String, NameKind> to) {
    var brackets = BRACKETS.matcher(name);
    if (brackets.matches()) {
      to.accept(brackets.group(1), NameKind.VARIANT);
      to.accept(brackets.group(2), NameKind.VARIANT);
    }
    to.accept(BETWEEN.matcher(name).replaceAll(""), NameKind.VARIANT);
    for (var scripts : new Pattern[] {LATIN_HAN, HAN_LATIN}) {
      var mixed = scripts.matcher(name);
      if (mixed.matches()) {
        to.accept(mixed.group(1), NameKind.VARIANT);
        to.accept(mixed.group(2), NameKind.VARIANT);
      }
    }
    var parts = DOTS.split(name);
    if (parts.length > 1) {
      for (String part : parts) {
        to.accept(part, NameKind.PART);
      }
      to.accept(name.substring(parts[0].length() + 1), NameKind.PART);
    } else if (HAN.matcher(name).matches()) {
      deriveHan(name, to);
    } else if (LATIN.matcher(name).matches()) {
      deriveLatin(name, to);
    }
  }

  private void deriveHan(String name, BiConsumer<String, NameKind> to) {
    var words = segmenter.segment(name);
    if (words.size() > 1) {
      int last = words.get(words.size() - 1).startUtf16();
      int second = words.get(1).startUtf16();
      to.accept(name.substring(0, last), NameKind.SHORT);
      to.accept(name.substring(second), NameKind.PART);
      if (words.size() > 2) {
        to.accept(name.substring(0, words.get(words.size() - 2).startUtf16()), NameKind.SHORT);
      }
      if (SCHOOL.matcher(name.substring(last)).matches() && second < last) {
        var initials = name.substring(0, 1) + name.charAt(second);
        to.accept(initials, NameKind.INITIALS);
        to.accept(initials + name.charAt(last), NameKind.INITIALS);
      }
    }
    if (words.size() == 1
        || words.get(words.size() - 1).endUtf16() - words.get(words.size() - 1).startUtf16() > 1) {
      if (name.length() > MIN_LENGTH) {
        to.accept(name.substring(0, name.length() - 1), NameKind.SHORT);
      }
    }
  }

  private static void deriveLatin(String name, BiConsumer<String, NameKind> to) {
    var article = ARTICLE.matcher(name);
    var bare = article.find() ? name.substring(article.end()) : name;
    to.accept(bare, NameKind.VARIANT);
    int comma = bare.indexOf(',');
    if (comma > 0) {
      to.accept(bare.substring(0, comma), NameKind.SHORT);
    }
    var words = BLANKS.split(bare);
    if (words.length < 2) {
      return;
    }
    var first = words[0];
    var last = words[words.length - 1];
    to.accept(bare.substring(0, bare.length() - last.length()).strip(), NameKind.SHORT);
    to.accept(bare.substring(first.length()).strip(), NameKind.PART);
    if (last.length() >= MIN_LATIN) {
      to.accept(last, NameKind.PART);
    }
    if (first.length() >= MIN_LATIN) {
      to.accept(first, NameKind.PART);
    }
    var initials = new StringBuilder();
    for (String word : words) {
      if (Character.isUpperCase(word.charAt(0))) {
        initials.append(word.charAt(0));
      }
    }
    to.accept(initials.toString(), NameKind.INITIALS);
    to.accept(String.join(".", initials.toString().split("")) + ".", NameKind.INITIALS);
  }
}
