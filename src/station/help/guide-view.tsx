import type { JSX } from 'preact';
import { Card, LinkButton } from '../../platform/web/index.ts';
import { termHref } from './glossary.ts';
import { GUIDES, type Guide, type GuideStep } from './guides/index.ts';
import { listPictures } from './pictures.ts';

/** A chapter: what to do step by step, the keys, what to do when something goes wrong, the words. */
export function GuideView({ guide }: { guide: Guide }): JSX.Element {
  return (
    <>
      <p class="lead">{guide.lead}</p>
      <ol class="help-steps">
        {guide.steps.map((step, i) => (
          <Step key={step.title} step={step} number={i + 1} />
        ))}
      </ol>
      <Card id="trouble" title="遇到问题怎么办">
        <dl class="terms">
          {guide.troubles.map(({ what, does }) => (
            <div key={what}>
              <dt>{what}</dt>
              <dd>{does}</dd>
            </div>
          ))}
        </dl>
      </Card>
      {guide.keys.length > 0 && <Keys guide={guide} />}
      <Card id="words" title="用到的名词">
        <ul class="chips">
          {guide.terms.map((term) => (
            <li key={term}>
              <a class="chip" href={termHref(term)}>
                {term}
              </a>
            </li>
          ))}
        </ul>
      </Card>
    </>
  );
}

function Step({ step, number }: { step: GuideStep; number: number }): JSX.Element {
  const picture = step.picture && listPictures().get(step.picture.name);
  return (
    <li class="card">
      <h2>
        <span class="help-number">{number}</span>
        {step.title}
      </h2>
      <p>{step.text}</p>
      {picture && (
        <a class="help-zoom" href={picture.src}>
          <img
            class="help-picture"
            src={picture.src}
            width={picture.width}
            height={picture.height}
            alt={step.picture?.alt}
            loading="lazy"
            decoding="async"
          />
        </a>
      )}
    </li>
  );
}

const Keys = ({ guide }: { guide: Guide }): JSX.Element => (
  <Card id="keys" title="快捷键">
    <dl class="key-list">
      {guide.keys.map(([keys, does]) => (
        <div key={keys + does}>
          <dt>
            {keys.split(' ').map((key) => (
              <kbd key={key}>{key}</kbd>
            ))}
          </dt>
          <dd>{does}</dd>
        </div>
      ))}
    </dl>
  </Card>
);

/** Every chapter with what it is for; one's own apart and first. */
export function Chapters({ own }: { own: readonly Guide[] }): JSX.Element {
  const others = GUIDES.filter((g) => !own.includes(g));
  return (
    <>
      {own.map((guide) => (
        <Card key={guide.id} title={guide.title} tone="now">
          <p>{guide.lead}</p>
          <p class="help">{guide.steps.map((s) => s.title).join(' → ')}</p>
          <LinkButton kind="primary" href={`/help/${guide.id}`}>
            一步一步看
          </LinkButton>
        </Card>
      ))}
      <Card title={own.length > 0 ? '其他人怎样办' : '各人怎样办'}>
        <ul class="help-chapters">
          {others.map((guide) => (
            <li key={guide.id}>
              <a href={`/help/${guide.id}`}>{guide.title}</a>
              <span class="help">{guide.lead}</span>
            </li>
          ))}
        </ul>
      </Card>
    </>
  );
}
