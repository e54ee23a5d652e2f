package io.github.wenliu.operators.link;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What the linking model is told of a pair of a mention and a candidate, in this order. Shares and
 * flags are between 0 and 1, "log" is the natural logarithm of one more, "odds" are log-odds of a
 * smoothed share.
 */
enum LinkFeature {
  // of the mention
  /** Log of its symbols. */
  LENGTH,
  LATIN,
  /** The first character is a capital. */
  CAPITAL,
  ALL_CAPITALS,
  /** The extractor found it. */
  ENTITY,
  ENTITY_SCORE,
  INSIDE_ENTITY,
  CROSSES_ENTITY,
  COVERS_ENTITY,
  STARTS_WORD,
  ENDS_WORD,
  IS_WORD,
  /** The word is one that the stream discovered. */
  NEW_WORD,
  IN_LEXICON,
  /** Log of its count in the base lexicon. */
  LEXICON_COUNT,
  INSIDE_LONGER,
  /** Stands in a longer mention that is the very name of an entry. */
  INSIDE_NAME,
  /** Log of the mentions inside it. */
  CONTAINS,
  /** Log of the mentions that cross it. */
  CROSSES,
  IN_TITLE_MARKS,
  IN_QUOTES,
  AT_START,
  AT_END,
  /** Where it begins, as a share of the text. */
  POSITION,
  /** Log of the length of the text. */
  TEXT_LENGTH,
  /** Stands more than once in the text. */
  REPEATED,
  /** Odds that annotated texts link this string, and log of how often they have it. */
  SURFACE_ODDS,
  SURFACE_COUNT,
  /** Odds that a string behind this symbol is linked. */
  LEFT_ODDS,
  RIGHT_ODDS,
  /** The same by two symbols. */
  FAR_LEFT_ODDS,
  FAR_RIGHT_ODDS,
  /** Odds that a string that ends so is linked. */
  LAST_ODDS,
  /** Log of the candidates. */
  CANDIDATES,
  /** Log of the mentions of the document. */
  MENTIONS,
  /** The extractor's type, as the odds that a mention of this type is linked. */
  ENTITY_TYPE_ODDS,

  // of the candidate under this alias
  IS_NAME,
  IS_ALIAS,
  IS_REDIRECT,
  IS_VARIANT,
  IS_SHORT,
  IS_PART,
  IS_INITIALS,
  IS_LEARNED,
  /** A candidate of the same mention has a surer kind of name. */
  SURER_OTHER,
  /** Log of its prior. */
  PRIOR,
  /** Its part of the priors of the mention's candidates; equal parts where none has one. */
  PRIOR_SHARE,
  IS_FIRST_BY_PRIOR,
  /** Odds that annotated texts mean it where they link this string. */
  NAME_ODDS,
  NAME_COUNT,
  /** Log of how often annotated texts mean it at all. */
  ID_COUNT,
  /** Length of the mention as a share of that of the name. */
  NAME_SHARE,
  /** Length of the alias as a share of that of the mention. */
  ALIAS_SHARE,
  /** The alias is that of a mention before, which this one refers to. */
  REFERS_BACK,
  /** Written exactly as the name is. */
  EXACT_CASE,
  HAS_DESCRIPTION,
  DESCRIPTION_LENGTH,
  /** Weighted share of the description's symbols and pairs that the text has elsewhere. */
  DESCRIPTION_SHARE,
  /** Log of their weight. */
  DESCRIPTION_WEIGHT,
  IS_BEST_BY_DESCRIPTION,
  /** By how much less of the text its description has than the best candidate's. */
  BEHIND_BEST_DESCRIPTION,
  /** The last two symbols of the description, often what it is, stand in the text. */
  DESCRIPTION_END,
  /** Odds that annotated texts mean a candidate whose description ends so. */
  DESCRIPTION_END_ODDS,
  /** The whole description stands in the text. */
  WHOLE_DESCRIPTION,
  /** One of its types stands in the text. */
  TYPE_IN_TEXT,
  HAS_TYPE,
  /** Odds that annotated texts mean a candidate of its types. */
  TYPE_ODDS,
  /** The same where the extractor gives this type of mention. */
  AGREEMENT_ODDS,
  /** Log of the objects of its facts that the text has, but for the mention itself. */
  FACT_OBJECTS,
  FACT_PREDICATES,
  FACTS,
  /** Log of the other mentions that its description or its facts name. */
  NAMES_NEIGHBOURS,
  /** A candidate of another mention names it. */
  NAMED_BY_NEIGHBOURS,
  /** Its full name stands elsewhere in the text. */
  FULL_NAME,
  /** Its full name stands before the mention. */
  FULL_NAME_BEFORE,
  /** Another mention has it as a candidate by a surer kind of name. */
  SURER_ELSEWHERE;

  /** All names, in order. */
  static final List<String> NAMES =
      Arrays.stream(values()).map(feature -> feature.name().toLowerCase(Locale.ROOT)).toList();

  static final int COUNT = values().length;
}
