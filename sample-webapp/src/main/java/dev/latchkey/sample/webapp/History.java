package dev.latchkey.sample.webapp;

import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import javax.servlet.http.HttpSession;

/** A session's last 50 replies, newest first. Thread-safe. */
final class History implements Serializable {
  private static final long serialVersionUID = 1;
  private static final String ATTRIBUTE = "history";
  private static final int KEPT = 50;

  private final ArrayDeque<Reply> replies = new ArrayDeque<>();

  /** The session's history; two first requests at once get the same one. */
  static History of(HttpSession session) {
    synchronized (session.getServletContext()) {
      History history = (History) session.getAttribute(ATTRIBUTE);
      if (history == null) {
        history = new History();
        session.setAttribute(ATTRIBUTE, history);
      }
      return history;
    }
  }

  synchronized void add(Reply reply) {
    if (replies.size() == KEPT) replies.removeLast();
    replies.addFirst(reply);
  }

  synchronized List<Reply> newestFirst() {
    return new ArrayList<>(replies);
  }
}
