"""Parameters of web addresses that tell where a reader came from, or how a page is dressed, and never which page it is.

Gathered from publishers' own feeds, newsletters and share buttons; wide nets such as "all that begin with ref" are not
cast, since `?reference=812` may be an article.
"""

from __future__ import annotations

import re

_PREFIXES = (
    # campaigns: Google, Matomo, Adobe, HubSpot, Mailchimp, MailerLite, Vero, Omeda, BBC, Le Monde, Spiegel
    *"utm_ itm_ mtm_ pk_ piwik_ matomo_ hsa_ mc_ ml_sub vero_ oly_ ns_ at_ lmd_ sara_ wt_ wt. ga_ gs_ fb_".split(),
    *"guce_ amp_ cx_recs_ __cft__ __xts__".split(),
)
_NAMES = frozenset(
    """
        fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid ysclid twclid ttclid li_fat_id igshid igsh mibextid
        epik srsltid irclickid _openstat __tn__ __twitter_impression _ga _gl _ke _kx _hsenc _hsmi __hstc __hssc __hsfp
        hsctatracking mkt_tok ef_id s_cid s_kwcid s_campaign ncid ocid icid cmpid cmp campaignid campaign_id ito xtor
        trk trkinfo trkcampaign ref_src ref_url refsrc referer referrer referringsource leadsource utm spm scm
        emc smid smtyp regi_id instance_id segment_id unlocked_article_code smprod reflink
        guccounter soc_src soc_trk tsrc wpisrc wpmm wpsrc itid hpid pwapi_token srnd sref taid ftcamp sharetype fsrc
        maca dcr ftag cid_rss rssid hootpostid share_token sharetoken shareid sharedby share_source share_medium
        sr_share bxid cndid esrc mbid esid usqp aoh __amp_source_origin amp rss
        phpsessid jsessionid aspsessionid
    """.split()
)
# Names that some sites use for a page and others for the way to it: without a digit the value can only be the latter.
_UNLESS_NUMBERED = frozenset(
    "ref source src from via cid sid campaign medium feature share shared partner origin".split()
)
# How the page is dressed.
_DRESS = re.compile(r"(?:(?:output|outputtype|view|format|type|mode)=(?:amp|mobile)|(?:m|mobile)=[01])", re.IGNORECASE)
_DIGIT = re.compile(r"\d")


def is_tracking(name: str, value: str) -> bool:
    """Whether a parameter of an address can be left out and the same article is shown."""
    plain = name.lower()
    return (
        plain in _NAMES
        or plain.startswith(_PREFIXES)
        or (plain in _UNLESS_NUMBERED and not _DIGIT.search(value))
        or _DRESS.fullmatch(f"{plain}={value}") is not None
    )
