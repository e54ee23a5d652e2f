package io.github.wenliu.operators.link;

/** Why a string may mean an entry, the surest reason first. */
public enum NameKind {
  /** It is the entry's name. */
  NAME,
  /** It is one of its aliases. */
  ALIAS,
  /** It is a name of an entry that redirects to it. */
  REDIRECT,
  /** A name without what is in brackets, in another script, or between its parts. */
  VARIANT,
  /** A name without its last word, such as 华为 for 华为公司. */
  SHORT,
  /** A part of a name, such as a family name. */
  PART,
  /** The first characters of its words, such as 北邮 or FBI. */
  INITIALS,
  /** Nothing but annotated texts call the entry so. */
  LEARNED
}
