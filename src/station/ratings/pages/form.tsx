/** The form by which a citizen rates, wherever it stands. Nothing but plain fields. */
import type { JSX } from 'preact';
import type { Fault } from '../../../errors.ts';
import { chineseDate, localDate } from '../../../kernel/time.ts';
import {
  Actions,
  Button,
  Card,
  CsrfField,
  ErrorSummary,
  fieldId,
  RadioField,
  TextArea,
} from '../../../platform/web/index.ts';
import { LONGEST } from '../commands.ts';
import { LEVEL_WORDS, LEVELS } from '../rules.ts';
import type { Rating } from '../types.ts';

export interface RatingFormProps {
  action: string;
  csrf: string | undefined;
  /** Becomes the rating, so that a form sent twice counts once. */
  requestId: string;
  /** Proof that the case is the sender's. */
  hidden?: Readonly<Record<string, string>>;
  given?: { level?: string | undefined; comment?: string | undefined };
  faults?: readonly Fault[];
  /** Fields before the button: the proof, where it is asked for. */
  children?: JSX.Element;
}

const errorOf = (faults: readonly Fault[], pointer: string) => {
  const error = faults.find((f) => f.pointer === pointer)?.message;
  return error === undefined ? {} : { error };
};

const Hidden = ({ hidden = {} }: Pick<RatingFormProps, 'hidden'>): JSX.Element => (
  <>
    {Object.entries(hidden).map(([name, value]) => (
      <input key={name} type="hidden" name={name} value={value} />
    ))}
  </>
);

/** Five levels, none chosen beforehand, and a few words. */
export function RatingForm(props: RatingFormProps): JSX.Element {
  const { action, csrf, requestId, hidden, given = {}, faults = [], children } = props;
  return (
    <form method="post" action={action} class="rating-form">
      {csrf && <CsrfField token={csrf} />}
      <input type="hidden" name="_request" value={requestId} />
      <Hidden {...(hidden && { hidden })} />
      <ErrorSummary faults={faults} />
      <RadioField
        id={fieldId('/level')}
        name="level"
        label="这次办事，您满意吗？"
        required
        options={LEVELS.map((level) => ({ value: String(level), text: LEVEL_WORDS[level] }))}
        {...(given.level && { value: given.level })}
        {...errorOf(faults, '/level')}
      />
      <TextArea
        id={fieldId('/comment')}
        name="comment"
        label="还想说的话"
        help={`好在哪里、差在哪里，${LONGEST} 字以内。不用写姓名、电话和证件号。`}
        value={given.comment ?? ''}
        {...errorOf(faults, '/comment')}
      />
      {children}
      <Actions>
        <Button wide>提交评价</Button>
      </Actions>
    </form>
  );
}

/** What was said, and once more what has to be added. */
function GivenRating(props: Omit<RatingFormProps, 'requestId'> & { rating: Rating }): JSX.Element {
  const { rating, action, csrf, hidden, given = {}, faults = [] } = props;
  return (
    <>
      <p>
        {chineseDate(rating.day)}您评价为“{LEVEL_WORDS[rating.level]}”。谢谢！
      </p>
      {rating.comment !== null && <blockquote class="plain">{rating.comment}</blockquote>}
      {rating.supplement ? (
        <p>
          {chineseDate(localDate(rating.supplement.at))}补充：{rating.supplement.comment}
        </p>
      ) : (
        <form method="post" action={action}>
          {csrf && <CsrfField token={csrf} />}
          <Hidden {...(hidden && { hidden })} />
          <ErrorSummary faults={faults} />
          <TextArea
            id={fieldId('/comment')}
            name="comment"
            label="补充评价"
            help="可以补充一次。"
            required
            value={given.comment ?? ''}
            {...errorOf(faults, '/comment')}
          />
          <Actions>
            <Button kind="secondary">提交补充</Button>
          </Actions>
        </form>
      )}
    </>
  );
}

export interface RatingCardProps {
  rating: Rating | undefined;
  number: string;
  lastFour: string;
  csrf: string | undefined;
  requestId: string;
  given?: RatingFormProps['given'];
  faults?: readonly Fault[];
}

/** On the page of progress, once the case is over. */
export function RatingCard({ rating, number, lastFour, ...form }: RatingCardProps): JSX.Element {
  const hidden = { number, lastFour };
  return (
    <Card id="rating" title="评价这次办事">
      <p class="help">评价不写姓名，窗口人员看不到是谁评的。</p>
      {rating ? (
        <GivenRating {...form} action="/progress/rating/more" hidden={hidden} rating={rating} />
      ) : (
        <RatingForm {...form} action="/progress/rating" hidden={hidden} />
      )}
    </Card>
  );
}
