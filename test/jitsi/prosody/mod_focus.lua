-- A component that stands in for Jitsi's focus (jicofo): answers the request for a conference, sits in each room as
-- "focus", and relays what a moderator orders others to mute. It knows no video bridge: two people, peer to peer.
local jid = require "util.jid";
local st = require "util.stanza";

local conference_ns = "http://jitsi.org/protocol/focus";
local muc_ns = "http://jabber.org/protocol/muc";
local focus_bare = "focus@" .. module.host;
local focus_jid = focus_bare .. "/focus";
-- room address -> occupant address -> role
local rooms = {};

local function enter(room)
	if rooms[room] then return; end
	rooms[room] = {};
	module:send(st.presence({ from = focus_jid, to = room .. "/focus" }):tag("x", { xmlns = muc_ns }));
end

local function leave(room)
	rooms[room] = nil;
	module:send(st.presence({ from = focus_jid, to = room .. "/focus", type = "unavailable" }));
end

module:hook("iq-set/host/" .. conference_ns .. ":conference", function (event)
	local origin, stanza = event.origin, event.stanza;
	local room = stanza:get_child("conference", conference_ns).attr.room;
	enter(room);
	origin.send(st.reply(stanza):tag("conference", {
		xmlns = conference_ns; room = room; ready = "true"; focusjid = focus_bare;
	}));
	return true;
end);

local function seen(event)
	local stanza = event.stanza;
	local from, room = stanza.attr.from, jid.bare(stanza.attr.from);
	local seats = rooms[room];
	if not seats or jid.resource(from) == "focus" then return true; end
	if stanza.attr.type == nil then
		local user = stanza:get_child("x", muc_ns .. "#user");
		local item = user and user:get_child("item");
		seats[from] = item and item.attr.role or "participant";
	elseif stanza.attr.type == "unavailable" then
		seats[from] = nil;
		if next(seats) == nil then leave(room); end
	end
	return true;
end
module:hook("presence/full", seen);
module:hook("presence/bare", seen);

module:hook("iq/full", function (event)
	local stanza = event.stanza;
	for _, medium in ipairs({ "audio", "video" }) do
		local ns = "http://jitsi.org/jitmeet/" .. medium;
		local mute = stanza.attr.type == "set" and stanza:get_child("mute", ns);
		if mute then
			local seats = rooms[jid.bare(stanza.attr.from)] or {};
			local target = mute.attr.jid;
			if seats[stanza.attr.from] ~= "moderator" or not seats[target] then
				module:send(st.error_reply(stanza, "auth", "not-allowed"));
				return true;
			end
			module:send(st.reply(stanza));
			module:send(st.iq({ type = "set", from = focus_jid, to = target, id = "mute-" .. stanza.attr.id })
				:tag("mute", { xmlns = ns, jid = target, actor = stanza.attr.from }):text(mute:get_text()));
			return true;
		end
	end
	-- What others answer needs no answer.
	if stanza.attr.type == "result" or stanza.attr.type == "error" then return true; end
end);

module:hook("message/full", function () return true; end);
module:hook("message/bare", function () return true; end);
