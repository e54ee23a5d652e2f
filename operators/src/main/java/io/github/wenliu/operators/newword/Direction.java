package io.github.wenliu.operators.newword;

/**
 * The way in which n-grams are counted. Read forwards, an n-gram stands beside its prefixes and
 * what follows it; read backwards, beside its suffixes and what comes before it.
 */
public enum Direction {
  FORWARD,
  BACKWARD
}
