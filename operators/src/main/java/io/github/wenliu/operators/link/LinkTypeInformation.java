package io.github.wenliu.operators.link;

import io.github.wenliu.operators.envelope.PackedTypeInformation;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** The types of streams and states of linking that are packed. */
public final class LinkTypeInformation {

  public static final TypeInformation<LinkTask> TASK =
      new PackedTypeInformation<>(LinkTask.class, LinkTaskSerializer::new);

  public static final TypeInformation<KbCandidate> CANDIDATE =
      new PackedTypeInformation<>(KbCandidate.class, KbCandidateSerializer::new);

  public static final TypeInformation<KnownAlias> ALIAS =
      new PackedTypeInformation<>(KnownAlias.class, KnownAliasSerializer::new);

  public static final TypeInformation<KnownEntry> ENTRY =
      new PackedTypeInformation<>(KnownEntry.class, KnownEntrySerializer::new);

  public static final TypeInformation<AliasChange> CHANGE =
      new PackedTypeInformation<>(AliasChange.class, AliasChangeSerializer::new);

  public static final TypeInformation<AliasAnswer> ANSWER =
      new PackedTypeInformation<>(AliasAnswer.class, AliasAnswerSerializer::new);

  public static final TypeInformation<KbUpdate> UPDATE =
      new PackedTypeInformation<>(KbUpdate.class, KbUpdateSerializer::new);

  public static final TypeInformation<AliasMark> MARK =
      new PackedTypeInformation<>(AliasMark.class, AliasMarkSerializer::new);

  private LinkTypeInformation() {}
}
