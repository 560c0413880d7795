using System.Collections;
using System.Collections.ObjectModel;
using System.Data;
using System.Management.Automation;
using System.Xml;
using AdxFlow.Ingestion;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Ingestion;

/// <summary>Sends objects, files or a reader's rows to a table, in compressed batches, and says what was sent.</summary>
// No default parameter set: with one, PowerShell's binder walks the parameters nearly twice as often for every object.
[Cmdlet(VerbsCommunications.Send, "AdxData", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(AdxIngestion))]
public sealed class SendAdxDataCommand : ConnectedCmdlet
{
    private const string ObjectSet = "Object";
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";
    private const string DataReaderSet = "DataReader";
    private const string FileSystem = "FileSystem";
    private const int BytesPerMegabyte = 1024 * 1024;

    private IngestionSend? _send;
    private bool _isWanted;

    /// <summary>The table to send to.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TableNameCompleter))]
    public string Table { get; set; } = "";

    /// <summary>Objects, one a row; properties go to the columns of the same name. An array is taken apart.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ObjectSet, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public PSObject? InputObject { get; set; }

    /// <summary>Files to send; wildcards are resolved.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Files to send, their names taken as they stand.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet)]
    [ValidateNotNullOrEmpty]
    [Alias("PSPath")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>A data reader, whose rows are sent; it is read to its end and left open.</summary>
    [Parameter(Mandatory = true, ParameterSetName = DataReaderSet)]
    [ValidateNotNull]
    public IDataReader? DataReader { get; set; }

    /// <summary>The properties to send, which are columns of the table too; all by default.</summary>
    [Parameter(ParameterSetName = ObjectSet)]
    [Parameter(ParameterSetName = DataReaderSet)]
    [ValidateNotNullOrEmpty]
    public string[]? Column { get; set; }

    /// <summary>Makes the table, from the first object or the reader's columns, if there is none.</summary>
    [Parameter(ParameterSetName = ObjectSet)]
    [Parameter(ParameterSetName = DataReaderSet)]
    public SwitchParameter CreateTable { get; set; }

    /// <summary>The format of the files; told by their names by default.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    public AdxDataFormat? Format { get; set; }

    /// <summary>A mapping of the table for the files; by default fields go to columns by position (text) or by name (JSON).</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MappingNameCompleter))]
    public string? MappingName { get; set; }

    /// <summary>The first record of each file is a header and is not sent.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    public SwitchParameter IgnoreFirstRecord { get; set; }

    /// <summary>A mapping sent along with the files: a dictionary ([ordered]@{ Id = '$.id' }), names, its JSON, or a mapping of a table.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ValidateNotNullOrEmpty]
    [IngestionMappingTransformation]
    public AdxColumnMapping[]? Mapping { get; set; }

    /// <summary>How the service checks the records of delimited files: None, BestEffort (its default) or Fail.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    public AdxValidationPolicy? ValidationPolicy { get; set; }

    /// <summary>The way by which batches go: Auto (streamed where the table allows it and the batch is small, else queued), Queued, Streaming or Direct.</summary>
    [Parameter]
    public AdxIngestionMode Mode { get; set; }

    /// <summary>Rows after which a batch is sealed; no limit by default.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long BatchRows { get; set; }

    /// <summary>Megabytes before compression after which a batch is sealed; 256 by default.</summary>
    [Parameter]
    [ValidateRange(1, 4096)]
    public int BatchSizeMB { get; set; } = 256;

    /// <summary>The age at which a batch of objects is sealed even if no more come; 30 seconds by default.</summary>
    [Parameter(ParameterSetName = ObjectSet)]
    [Parameter(ParameterSetName = DataReaderSet)]
    public TimeSpan BatchInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Extent tags for what is sent, such as <c>drop-by:2026-11</c>.</summary>
    [Parameter]
    [ValidateNotNull]
    public string[] Tag { get; set; } = [];

    /// <summary>Values of <c>ingest-by:</c> tags for what is sent, by which -IngestIfNotExists knows it again.</summary>
    [Parameter]
    [ValidateNotNull]
    public string[] IngestBy { get; set; } = [];

    /// <summary>Values of <c>ingest-by:</c> tags: what the table has under one of them is not ingested again.</summary>
    [Parameter]
    [ValidateNotNull]
    public string[] IngestIfNotExists { get; set; } = [];

    /// <summary>The time at which the data passes for ingested, for retention and caching; now by default.</summary>
    [Parameter]
    public DateTime? CreationTime { get; set; }

    /// <summary>Has each batch ingested at once and alone, without collecting.</summary>
    [Parameter]
    public SwitchParameter SkipBatching { get; set; }

    /// <summary>Lets the ingestion add columns to the table.</summary>
    [Parameter]
    public SwitchParameter ExtendSchema { get; set; }

    /// <summary>Leaves the uploaded blobs where they are, instead of having each deleted once it is ingested.</summary>
    [Parameter]
    public SwitchParameter KeepBlob { get; set; }

    /// <summary>How many blocks are encoded and uploaded at the same time; the processors of this machine by default, at most 8.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int? ThrottleLimit { get; set; }

    /// <summary>How hard to compress: Fastest by default; Optimal or SmallestSize trade time for bytes.</summary>
    [Parameter]
    public System.IO.Compression.CompressionLevel CompressionLevel { get; set; } = System.IO.Compression.CompressionLevel.Fastest;

    /// <summary>Waits until the service has finished with every batch.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>How long -Wait waits; without end by default.</summary>
    [Parameter]
    public TimeSpan Timeout { get; set; } = System.Threading.Timeout.InfiniteTimeSpan;

    /// <summary>Asks once whether to send, and finds the table.</summary>
    protected override void BeginProcessing()
    {
        _isWanted = ShouldProcess($"{Connected.Database}.{Table}", "Send data");
        if (!_isWanted)
            return;
        _send = new IngestionSend(this, Connected, Request(), Stop) { Only = Column };
        _send.FindTable(mayCreate: CreateTable);
    }

    /// <summary>Takes one object, or each one of an array.</summary>
    protected override void ProcessRecord()
    {
        if (!_isWanted || InputObject is null)
            return;
        // The pipeline takes collections apart; one given as an argument comes here whole.
        if (InputObject.BaseObject is DataTable data)
        {
            using DataTableReader reader = data.CreateDataReader();
            _send!.AddReader(reader);
        }
        else if (InputObject.BaseObject is IEnumerable list and not (string or IDictionary or XmlNode))
        {
            foreach (object? item in list)
            {
                if (item is not null)
                    _send!.AddObject(PSObject.AsPSObject(item));
            }
        }
        else
        {
            _send!.AddObject(InputObject);
        }
    }

    /// <summary>Sends what is left, waits if asked to, and writes what was sent.</summary>
    protected override void EndProcessing()
    {
        if (!_isWanted)
            return;
        if (DataReader is not null)
            _send!.AddReader(DataReader);
        foreach (string file in Files())
            _send!.AddFile(file, Format, IgnoreFirstRecord);

        AdxIngestion ingestion = _send!.Complete();
        State.Remember(ingestion);
        if (Wait)
        {
            ingestion = Await(new IngestionTracker(Connected).WaitAsync(ingestion, Timeout, cancel: Stop));
            State.Remember(ingestion);
            IngestionErrors.WriteFor(this, ingestion, Timeout);
        }
        WriteObject(ingestion);
    }

    /// <summary>Gives up what was not accepted. Whatever ended the pipeline, nothing more is sent from here.</summary>
    protected override void Dispose(bool disposing)
    {
        if (disposing && _send is not null)
        {
            _send.Dispose();
            if (_send.Abandoned is { } abandoned)
                State.Remember(abandoned);
        }
        base.Dispose(disposing);
    }

    private IngestionRequest Request()
    {
        var request = new IngestionRequest
        {
            Table = Table,
            Database = Connected.Database,
            BatchRows = BatchRows,
            BatchBytes = (long)BatchSizeMB * BytesPerMegabyte,
            BatchInterval = BatchInterval,
            CompressionLevel = CompressionLevel,
            Mode = Mode,
            MappingName = MappingName,
            Mapping = Mapping,
            ValidationPolicy = ValidationPolicy,
            SkipBatching = SkipBatching,
            ExtendSchema = ExtendSchema,
            KeepBlob = KeepBlob,
            Tags = Tag,
            IngestBy = IngestBy,
            IngestIfNotExists = IngestIfNotExists,
            CreationTime = CreationTime?.ToUniversalTime(),
        };
        return ThrottleLimit is { } limit ? request with { ThrottleLimit = limit } : request;
    }

    private IEnumerable<string> Files() => LiteralPath.Select(Locate).OfType<string>().Concat(Path.SelectMany(Resolve));

    private Collection<string> Resolve(string path)
    {
        try
        {
            Collection<string> files = GetResolvedProviderPathFromPSPath(path, out ProviderInfo provider);
            if (files.Count > 0 && provider.Name == FileSystem)
                return files;
        }
        catch (Exception absent) when (absent is ItemNotFoundException or SessionStateException)
        {
            // The engine says it in its own words, with the other things that can be wrong with a file.
        }
        return Locate(path) is { } file ? [file] : [];
    }

    /// <summary>A path of the file system as .NET knows it; of anything else, an error and null.</summary>
    private string? Locate(string path)
    {
        try
        {
            string file = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
            if (provider.Name == FileSystem)
                return file;
        }
        catch (SessionStateException)
        {
            // There is no such drive or provider.
        }
        WriteError(SendErrors.NotInFileSystem(path).ToErrorRecord(path));
        return null;
    }
}
