package io.github.wenliu.operators.link;

import io.github.wenliu.models.text.NormalizedText;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.Entity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds the places of a document that may mean an entry: every run of whole symbols that is an
 * alias of the knowledge base, and the entities of the extractor among them. So a thing that is no
 * named entity can be linked, and a new word as soon as an entry has its name.
 */
final class MentionFinder {

  /** Shortest alias that is looked for where the extractor found nothing, in UTF-16 units. */
  private static final int MIN_LENGTH = 2;

  /** Shortest single word of a longer mention that may stand for it, in UTF-16 units. */
  private static final int MIN_WORD = 4;

  /** What an extractor of English may give, and means what was named before. */
  private static final Set<String> PRONOUNS =
      Set.of(
          "he", "him", "his", "she", "her", "hers", "it", "its", "they", "them", "their", "who",
          "i", "my", "me");

  /** Those of the extractor first, then the longest, then from left to right. */
  private static final Comparator<Mention> WEIGHT =
      Comparator.comparing((Mention mention) -> mention.entity() == Mention.NO_ENTITY)
          .thenComparing(Comparator.comparingInt(MentionFinder::length).reversed())
          .thenComparingInt(Mention::start);

  private static final Comparator<Mention> PLACE =
      Comparator.comparingInt(Mention::start)
          .thenComparing(Comparator.comparingInt(Mention::end).reversed())
          .thenComparingInt(Mention::entity);

  private static final Pattern ARTICLE = Pattern.compile("^(the|a|an) ");
  private static final Pattern GENITIVE = Pattern.compile("['’]s?$");
  private static final Pattern PLURAL = Pattern.compile("(?<=[a-z]{3})s$");
  private static final Pattern BETWEEN = Pattern.compile("[\\s·•‧\\-—.“”\"《》]+");

  private final AliasIndex index;
  private final int maxMentions;

  MentionFinder(AliasIndex index, int maxMentions) {
    this.index = index;
    this.maxMentions = maxMentions;
  }

  /**
   * The places of a document, by start, then longest first.
   *
   * @param entitled newest epoch of the knowledge base that it may know of
   */
  List<Mention> find(EnrichedDocument document, long entitled) {
    var mentions = new ArrayList<Mention>();
    var channel = document.document().channel();
    addEntities(document, entitled, mentions);
    int entities = mentions.size();
    addAliases(channel, NormalizedText.of(document.document().text()), entitled, mentions);
    var taken = mentions.subList(0, entities);
    var found = mentions.subList(entities, mentions.size());
    var all = new ArrayList<>(taken);
    found.stream()
        .filter(mention -> taken.stream().noneMatch(entity -> isSamePlace(entity, mention)))
        .forEach(all::add);
    if (all.size() > maxMentions) {
      all.sort(WEIGHT);
      all.subList(maxMentions, all.size()).clear();
    }
    all.sort(PLACE);
    return all;
  }

  private void addEntities(EnrichedDocument document, long entitled, List<Mention> to) {
    if (document.entities() == null) {
      return;
    }
    var channel = document.document().channel();
    var text = document.document().text();
    String before = null;
    for (int i = 0; i < document.entities().size(); i++) {
      Entity entity = document.entities().get(i);
      var written = NormalizedText.of(text.substring(entity.startUtf16(), entity.endUtf16()));
      boolean refersBack = PRONOUNS.contains(written.normalized().strip());
      var alias = refersBack ? before : alias(channel, written, entitled);
      if (alias == null && entity.isGiven()) {
        alias = part(channel, written, entitled);
      }
      if (alias != null) {
        to.add(
            new Mention(
                entity.start(), entity.end(), entity.startUtf16(), entity.endUtf16(), alias, i));
      }
      before = refersBack ? before : alias;
    }
  }

  /**
   * The alias that a mention is looked up by: all of it, or it without an article, without the mark
   * of a genitive, without what stands between its words, or in the singular; {@code null} if none
   * is one.
   */
  private String alias(String channel, NormalizedText written, long entitled) {
    var whole = written.normalized().strip();
    for (var form :
        List.of(
            whole,
            ARTICLE.matcher(whole).replaceFirst(""),
            GENITIVE.matcher(whole).replaceFirst(""),
            BETWEEN.matcher(whole).replaceAll(""),
            PLURAL.matcher(whole).replaceFirst(""))) {
      if (isAlias(channel, form, entitled)) {
        return form;
      }
    }
    return null;
  }

  /**
   * What stands before a comma, as in "Auburn, New York", if it is an alias, else the longest part
   * that is one, or {@code null}. Only for mentions that were given: of others the parts are found
   * by themselves.
   */
  private String part(String channel, NormalizedText written, long entitled) {
    var whole = written.normalized();
    var place = whole.substring(0, Math.max(0, whole.indexOf(','))).strip();
    if (isAlias(channel, place, entitled)) {
      return place;
    }
    for (int length = written.symbols() - 1; length > 0; length--) {
      for (int from = 0; from + length <= written.symbols(); from++) {
        var part = written.normalized(from, from + length);
        if (part.length() >= (length == 1 ? MIN_WORD : MIN_LENGTH)
            && part.equals(part.strip())
            && isAlias(channel, part, entitled)) {
          return part;
        }
      }
    }
    return null;
  }

  private boolean isAlias(String channel, String form, long entitled) {
    return !form.isEmpty()
        && form.length() <= AliasIndex.MAX_LENGTH
        && index.contains(channel, AliasIndex.hash(form), entitled);
  }

  private void addAliases(String channel, NormalizedText text, long entitled, List<Mention> to) {
    var normal = text.normalized();
    int symbols = text.symbols();
    for (int from = 0; from < symbols; from++) {
      int first = text.first(from);
      if (text.kind(from).isBreak() || first + 1 >= normal.length()) {
        continue;
      }
      int end = first + index.longest(channel, normal.charAt(first), normal.charAt(first + 1));
      long hash = 0;
      for (int until = from + 1; until <= symbols && text.first(until) <= end; until++) {
        for (int i = text.first(until - 1); i < text.first(until); i++) {
          hash = AliasIndex.step(hash, normal.charAt(i));
        }
        if (text.first(until) - first >= MIN_LENGTH
            && !text.kind(until - 1).isBlank()
            && index.contains(channel, AliasIndex.finish(hash), entitled)) {
          to.add(mention(text, from, until));
        }
      }
    }
  }

  private static Mention mention(NormalizedText text, int from, int to) {
    return new Mention(
        text.start(from),
        text.end(to - 1),
        text.startUtf16(from),
        text.endUtf16(to - 1),
        text.normalized(from, to),
        Mention.NO_ENTITY);
  }

  private static boolean isSamePlace(Mention a, Mention b) {
    return a.start() == b.start() && a.end() == b.end();
  }

  private static int length(Mention mention) {
    return mention.end() - mention.start();
  }
}
