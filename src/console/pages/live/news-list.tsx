// What has just happened, latest first: decisions, pickups, calls that rang, alerts and notices.
import type { ComponentChildren } from 'preact';
import { withName } from '../../api/people.ts';
import { Badge, type BadgeTone } from '../../components/badge.tsx';
import { Empty } from '../../components/empty.tsx';
import { Flag } from '../../components/flag.tsx';
import { countryName, formatDuration, formatList, formatTime } from '../../i18n/format.ts';
import { said } from '../../i18n/said.ts';
import { t, tOr } from '../../i18n/t.tsx';
import { outcomeTone, reasonWord, verdictTone, verdictWord } from '../calls/names.ts';
import { tryAddress } from '../calls/try-address.ts';
import type { Decision, News } from './board.ts';
import { callerOf } from './names.ts';

export function NewsList({ news }: { readonly news: readonly News[] }) {
  if (news.length === 0) return <Empty title={t('live.noNews')} text={t('live.noNewsText')} />;
  return (
    <ol class="news" aria-label={t('live.newsTitle')}>
      {news.map((one) => {
        const { tone, word, text } = shown(one);
        return (
          <li key={one.id}>
            <time class="number quiet" dateTime={new Date(one.atMs).toISOString()}>
              {formatTime(one.atMs)}
            </time>
            <Badge tone={tone}>{word}</Badge>
            <span class="news-text">{text}</span>
          </li>
        );
      })}
    </ol>
  );
}

interface Shown {
  readonly tone: BadgeTone;
  readonly word: string;
  readonly text: ComponentChildren;
}

function shown(one: News): Shown {
  switch (one.type) {
    case 'decision':
      return ofDecision(one.data, one.atMs);
    case 'pickup': {
      const { picker, outcome, choice, from, callerName, callerNumber, told } = one.data;
      const caller = callerOf({
        callerName: callerName ?? '',
        callerNumber: callerNumber ?? '',
        callerExtension: null,
      });
      const who = picker === null ? t('live.somebody') : withName(picker);
      if (outcome === 'won') {
        return {
          tone: 'good',
          word: t('live.pickup'),
          text: t('live.tookCall', { who, caller, from: withName(from ?? '') }),
        };
      }
      const why = told ?? choice;
      return {
        tone: 'warn',
        word: t('live.pickup'),
        text: t('live.tookNothing', { who, why: tOr(`live.why-${why}`, why) }),
      };
    }
    case 'rung': {
      const { outcome, ringMs, answeredBy, extensions } = one.data;
      const on = formatList([...new Set(extensions.map(({ extension }) => withName(extension)))]);
      const values = {
        caller: callerOf(one.data),
        on,
        by: answeredBy === null ? on : withName(answeredBy),
        time: formatDuration(ringMs),
      };
      return {
        tone: outcomeTone(outcome),
        word: tOr(`calls.outcome-${outcome}`, outcome),
        text: outcome === 'answered' ? t('live.answered', values) : t('live.rang', values),
      };
    }
    case 'alert': {
      const { extensions, rangMs } = one.data;
      const values = {
        caller: callerOf({ ...one.data, callerExtension: null }),
        on: formatList(extensions.map(withName)),
      };
      return {
        tone: 'bad',
        word: t('live.tooLong'),
        text: t('live.rings', { ...values, time: formatDuration(rangMs) }),
      };
    }
    case 'notice':
      return {
        tone: 'warn',
        word: tOr(`calls.notice-${one.data.kind}`, one.data.kind),
        text: said(one.data.text),
      };
  }
}

function ofDecision(decision: Decision, atMs: number): Shown {
  const word = (key: string) => String(decision[key] ?? '');
  const regions = word('regions').split(',').filter(Boolean);
  const [region = ''] = regions;
  const dialled = word('dialled');
  return {
    tone: verdictTone(word('verdict')),
    word: verdictWord(word('verdict')),
    text: (
      <>
        <a href={tryAddress({ number: dialled, from: word('payer'), via: word('via'), atMs })}>
          {withName(word('payer')) || t('live.somebody')} →{' '}
          <span class="number">{word('e164') || dialled}</span>
        </a>{' '}
        {regions.length === 1 ? (
          <>
            <Flag region={region} /> {countryName(region)}{' '}
          </>
        ) : null}
        <span class="quiet">{reasonWord(word('reason'))}</span>
      </>
    ),
  };
}
