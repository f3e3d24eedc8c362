/* Stories: some sentences and a view at a time. */

const openStory = number => toStep(data.stories[number], 1);

function toStep(story, step) {
  const kept = { language: state.language, theme: state.theme };
  return travel({ ...read(story.steps[step - 1].state), ...kept, story: story.id, step });
}

function followStory() {
  const story = data.stories.find(({ id }) => id === state.story);
  const step = story?.steps[state.step - 1];
  $('story').hidden = !step;
  if (!step) return;
  const to = (key, number) => button(word(key), () => toStep(story, number), { disabled: !story.steps[number - 1] });
  const reading = $('story').contains(document.activeElement);
  $('story').replaceChildren(
    el('h2', {}, label(story.title)), el('p', {}, label(step.text)),
    el('div', { className: 'steps' }, to('previous', state.step - 1),
      el('small', {}, word('step', { n: state.step, m: story.steps.length })),
      to('next', state.step + 1), button(word('leave'), () => go({ story: '', step: 0 }))));
  announce(label(step.text));
  if (reading) ($('story').querySelector('button:not([disabled]):nth-of-type(2)')
    ?? $('story').querySelector('button')).focus();
}
