/* The door to the store. A page of `chuhai serve` asks there for what it lacks; an exported page has no need to. */

class Unanswered extends Error {}

const door = (() => {
  const own = new URLSearchParams(location.search);
  const PATIENCE = 30000; // milliseconds
  let version = ''; // of the graph that answers

  /* What stands behind the "?" of the page's own address, as far as it is given. */
  const given = names => Object.fromEntries(names.filter(name => own.get(name)).map(name => [name, own.get(name)]));

  async function asked(path, fields, isSent, stop) {
    const body = new URLSearchParams({ ...given(['as_of', 'known_by']), ...fields });
    const signal = AbortSignal.any([AbortSignal.timeout(PATIENCE), ...stop ? [stop] : []]);
    const response = isSent ? await fetch(`/explore/${path}`, { method: 'POST', body, signal })
      : await fetch(`/explore/${path}?${body}`, { signal });
    if (response.status === 503) throw new Unanswered(word('busy'));
    const answer = await response.json();
    if (!response.ok) throw new Unanswered(answer.detail);
    version ||= response.headers.get('etag');
    if (version !== response.headers.get('etag')) throw new Unanswered(word('renewed'));
    return answer;
  }

  return {
    given,

    /* The answer of the store. Throws Unanswered with the reason where there is none, or whatever stop was stopped by. */
    async ask(path, fields, { isSent = false, stop = null } = {}) {
      try {
        return await asked(path, fields, isSent, stop);
      } catch (error) {
        if (error instanceof Unanswered || stop?.aborted) throw error;
        throw new Unanswered(word('no-server'));
      }
    },
  };
})();
