package io.github.wenliu.pipeline.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.Entity;
import io.github.wenliu.operators.document.Link;
import io.github.wenliu.operators.link.GoldLinks;
import io.github.wenliu.operators.link.KnowledgeBase;
import java.util.HashSet;
import java.util.Set;

/** Counts how many links are right. An id that the knowledge base does not have means no entry. */
final class LinkScore {

  private static final int BINS = 10;

  private final KnowledgeBase kb;

  private long rightIds;
  private long foundIds;
  private long goldIds;

  private long given;
  private long givenRight;
  private long several;
  private long severalRight;
  private long nilGold;
  private long nilFound;
  private long nilRight;

  /** By tenth of the probability: answers, sum of their probabilities, right ones. */
  private final double[][] bins = new double[BINS][3];

  LinkScore(KnowledgeBase kb) {
    this.kb = kb;
  }

  /** Judges a document by the set of ids that it links to, wherever. */
  void addFound(EnrichedDocument document, GoldLinks gold) {
    Set<String> found = new HashSet<>();
    for (Entity entity : document.entities()) {
      if (!entity.link().nil()) {
        found.add(entity.link().id());
        calibrate(entity.link().score(), gold.ids().contains(entity.link().id()));
      }
    }
    foundIds += found.size();
    goldIds += gold.ids().size();
    found.retainAll(gold.ids());
    rightIds += found.size();
  }

  /** Judges a document by what its given mentions are linked to, in their order. */
  void addGiven(EnrichedDocument document, GoldLinks gold) {
    for (var place : gold.places()) {
      Link link = at(document, place);
      boolean means = place.id() != null && kb.contains(place.id());
      boolean isRight = means && place.id().equals(link.id());
      if (means) {
        given++;
        givenRight += isRight ? 1 : 0;
        if (link.candidates().size() > 1) {
          several++;
          severalRight += isRight ? 1 : 0;
        }
      } else {
        nilGold++;
        nilRight += link.nil() ? 1 : 0;
      }
      nilFound += link.nil() ? 1 : 0;
      if (!link.candidates().isEmpty()) {
        var best = link.candidates().get(0);
        calibrate(best.score(), means && best.id().equals(place.id()));
      }
    }
  }

  private static Link at(EnrichedDocument document, GoldLinks.Place place) {
    for (Entity entity : document.entities()) {
      if (entity.start() == place.start() && entity.end() == place.end()) {
        return entity.link();
      }
    }
    throw new IllegalStateException("a given mention is no entity of its document");
  }

  private void calibrate(double probability, boolean isRight) {
    double[] bin = bins[Math.min(BINS - 1, (int) (probability * BINS))];
    bin[0]++;
    bin[1] += probability;
    bin[2] += isRight ? 1 : 0;
  }

  /** Adds what was counted of sets of ids. */
  void putFound(ObjectNode to) {
    to.put("precision", share(rightIds, foundIds));
    to.put("recall", share(rightIds, goldIds));
    to.put("f1", share(2 * rightIds, foundIds + goldIds));
    to.put("gold", goldIds);
    to.put("found", foundIds);
    to.put("right", rightIds);
    putCalibration(to);
  }

  /** Adds what was counted of given mentions. */
  void putGiven(ObjectNode to) {
    to.put("accuracy", share(givenRight, given));
    to.put("mentions", given);
    to.put("ambiguousAccuracy", share(severalRight, several));
    to.put("ambiguousMentions", several);
    to.put("nilF1", share(2 * nilRight, nilFound + nilGold));
    to.put("nilMentions", nilGold);
    putCalibration(to);
  }

  private void putCalibration(ObjectNode to) {
    double all = 0;
    double error = 0;
    var table = to.putArray("reliability");
    for (double[] bin : bins) {
      all += bin[0];
      error += Math.abs(bin[1] - bin[2]);
      table
          .addObject()
          .put("answers", (long) bin[0])
          .put("probability", bin[0] == 0 ? 0 : bin[1] / bin[0])
          .put("right", bin[0] == 0 ? 0 : bin[2] / bin[0]);
    }
    to.put("calibrationError", all == 0 ? 0 : error / all);
  }

  private static double share(long part, long of) {
    return of == 0 ? 0 : (double) part / of;
  }
}
