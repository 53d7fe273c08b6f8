package dev.latchkey.agent.propagate;

import java.util.List;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/** Copies a class and puts a {@link PlaceMethod} wherever a place is. */
final class PlaceWeaver extends ClassVisitor {
  private final List<Place> places;
  private String type = "";
  private boolean changed;

  private PlaceWeaver(ClassVisitor copy, List<Place> places) {
    super(Opcodes.ASM9, copy);
    this.places = places;
  }

  /** The woven class; null where none of the places is in it. */
  static byte @Nullable [] weave(List<Place> places, byte[] original) {
    ClassReader reader = new ClassReader(original);
    ClassWriter writer = new ClassWriter(reader, 0);
    PlaceWeaver weaver = new PlaceWeaver(writer, places);
    reader.accept(weaver, 0);
    return weaver.changed ? writer.toByteArray() : null;
  }

  @Override
  public void visit(
      int version,
      int access,
      String name,
      @Nullable String signature,
      String superName,
      String[] interfaces) {
    type = name;
    super.visit(version, access, name, signature, superName, interfaces);
  }

  @Override
  public @Nullable MethodVisitor visitMethod(
      int access, String name, String descriptor, String signature, String[] exceptions) {
    MethodVisitor woven = super.visitMethod(access, name, descriptor, signature, exceptions);
    int unwoven = Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE | Opcodes.ACC_STATIC;
    if (woven == null || (access & unwoven) != 0) return woven;
    for (Place place : places) {
      if (!place.isAt(name, descriptor)) continue;
      changed = true;
      woven = new PlaceMethod(woven, place, type);
    }
    return woven;
  }
}
