-- In the component of rooms: a ticket opens its own room and no other (Jitsi's mod_token_verification), and its claim
-- makes a moderator. Without tickets the first to come is moderator, as Jitsi's focus does it.
local jid = require "util.jid";
local st = require "util.stanza";

local required = module:get_option_boolean("ticket_required", false);
local focus_host = module:get_option_string("focus_host");

local function is_focus(address) return jid.host(address) == focus_host; end

module:hook("muc-occupant-pre-join", function (event)
	local origin, stanza = event.origin, event.stanza;
	if not required or is_focus(stanza.attr.from) then return; end
	if origin.ticket_room ~= jid.node(event.room.jid) then
		origin.send(st.error_reply(stanza, "cancel", "not-allowed", "This ticket opens another room"));
		return true;
	end
end, 10);

module:hook("muc-occupant-joined", function (event)
	local room, occupant = event.room, event.occupant;
	if is_focus(occupant.bare_jid) then return; end
	local chosen = event.origin.ticket_moderator;
	if not required then
		chosen = true;
		for _, other in room:each_occupant() do
			if other.nick ~= occupant.nick and not is_focus(other.bare_jid) then chosen = false; end
		end
	end
	if chosen then room:set_affiliation(true, occupant.bare_jid, "owner"); end
end, -10);
