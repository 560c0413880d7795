using System.Text.Json.Nodes;
using AdxFlow.Local.Endpoints.Flow.Access;
using AdxFlow.Local.Persistence.Records;

namespace AdxFlow.Local.Endpoints.Flow.Resources;

/// <summary>A resource of the Flow Service: what its maker wrote, and what the service adds.</summary>
internal class FlowResource
{
    private static long _changes;

    private string? _between;
    private DateTimeOffset _settles;

    public FlowResource(JsonObject body, string state, FlowCaller caller, DateTimeOffset now)
    {
        Body = body;
        State = state;
        Creator = caller;
        CreatedAt = now;
        Id = Guid.NewGuid().ToString();
        Touch(caller, now);
    }

    /// <param name="state">What an earlier process kept of it.</param>
    /// <param name="creator">Who made it.</param>
    /// <param name="editor">Who changed it last.</param>
    public FlowResource(ResourceState state, FlowCaller creator, FlowCaller editor)
    {
        Id = state.Id;
        Body = state.Body;
        State = state.State;
        _between = state.Between;
        _settles = state.SettlesOn;
        Etag = state.Etag;
        Creator = creator;
        Editor = editor;
        CreatedAt = state.CreatedAt;
        UpdatedAt = state.UpdatedAt;
        ChangeNumber = state.ChangeNumber;

        // Changes from now on come after it.
        long last = Interlocked.Read(ref _changes);
        while (last < ChangeNumber && Interlocked.CompareExchange(ref _changes, ChangeNumber, last) != last)
            last = Interlocked.Read(ref _changes);
    }

    public string Id { get; }

    /// <summary>What was written, and changed since.</summary>
    public JsonObject Body { get; private set; }

    /// <summary>The state that it is in, or will be in once it is no longer between two.</summary>
    public string State { get; private set; }

    public string Etag { get; private set; } = "";

    public FlowCaller Creator { get; }

    public FlowCaller Editor { get; private set; } = null!;

    public DateTimeOffset CreatedAt { get; }

    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>Grows with every change of any resource, for the order in which they changed.</summary>
    public long ChangeNumber { get; private set; }

    public bool IsDraft => State == FlowState.Draft;

    public string StateAt(DateTimeOffset now) => _between is not null && now < _settles ? _between : State;

    /// <summary>Goes to a state, by way of another for some time.</summary>
    public void Move(string state, string between, TimeSpan time, FlowCaller caller, DateTimeOffset now)
    {
        State = state;
        _between = between;
        _settles = now + time;
        Touch(caller, now);
    }

    public void Replace(JsonObject body) => Body = body;

    public void Touch(FlowCaller caller, DateTimeOffset now)
    {
        Editor = caller;
        UpdatedAt = now;
        Etag = ETag.New(now);
        ChangeNumber = Interlocked.Increment(ref _changes);
    }

    /// <summary>What to keep of it.</summary>
    /// <param name="collection">The collection that it is in.</param>
    /// <param name="port">The port of the stand-in.</param>
    public virtual ResourceState Capture(string collection, int port) => new(
        collection, Id, Body, State, _between, _settles, Etag, Creator.ClientId, Editor.ClientId, CreatedAt, UpdatedAt, ChangeNumber, port, null);

    /// <summary>The resource as a request reads it, before its kind adds to it.</summary>
    public virtual JsonObject Render(DateTimeOffset now)
    {
        var item = new JsonObject
        {
            ["id"] = Id,
            ["createdAt"] = CreatedAt.ToUnixTimeMilliseconds(),
            ["updatedAt"] = UpdatedAt.ToUnixTimeMilliseconds(),
            ["createdBy"] = Creator.UserId,
            ["updatedBy"] = Editor.UserId,
            ["createdClient"] = Creator.ClientId,
            ["updatedClient"] = Editor.ClientId,
            ["sandboxId"] = Creator.Sandbox!.Id.ToString(),
            ["sandboxName"] = Creator.Sandbox.Name,
            ["imsOrgId"] = Creator.Organization.Id,
        };
        foreach ((string name, JsonNode? value) in Body)
            item[name] = value?.DeepClone();
        item["state"] = StateAt(now);
        item["version"] = Etag;
        item["etag"] = Etag;
        return item;
    }
}
