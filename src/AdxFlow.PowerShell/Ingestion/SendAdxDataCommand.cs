using System.Collections;
using System.Data;
using System.Management.Automation;
using System.Xml;
using AdxFlow.Ingestion;
using AdxFlow.Ingestion.Files;
using AdxFlow.Ingestion.FromStorage;
using AdxFlow.Ingestion.Spool;
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
    private const string UriSet = "Uri";
    private const string ContainerSet = "Container";
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

    /// <summary>Files to send, or directories of them; wildcards are resolved.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Files to send, or directories of them, their names taken as they stand.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet)]
    [ValidateNotNullOrEmpty]
    [Alias("PSPath")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Sends what is in subdirectories as well.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    public SwitchParameter Recurse { get; set; }

    /// <summary>Names of files to leave out, with wildcards.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Exclude { get; set; } = [];

    /// <summary>Blobs that exist already, each with the right to read it; with -Container, a container or the beginning of names in it.</summary>
    [Parameter(Mandatory = true, ParameterSetName = UriSet)]
    [Parameter(Mandatory = true, ParameterSetName = ContainerSet)]
    [ValidateNotNullOrEmpty]
    public string[] Uri { get; set; } = [];

    /// <summary>The service lists the blobs below -Uri itself and ingests all of them.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ContainerSet)]
    public SwitchParameter Container { get; set; }

    /// <summary>How the names of the blobs end, such as <c>.csv</c>.</summary>
    [Parameter(ParameterSetName = ContainerSet)]
    [ValidateNotNullOrEmpty]
    public string? Suffix { get; set; }

    /// <summary>The most blobs to take.</summary>
    [Parameter(ParameterSetName = ContainerSet)]
    [ValidateRange(1, int.MaxValue)]
    public int? MaxBlobs { get; set; }

    /// <summary>How many times larger the data is than the blobs, if they are compressed: it helps the service to plan.</summary>
    [Parameter(ParameterSetName = ContainerSet)]
    [ValidateRange(1.0, 1000.0)]
    public double? CompressionFactor { get; set; }

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

    /// <summary>The format of files and blobs, told by their names by default; or of text and bytes that come as objects.</summary>
    [Parameter(ParameterSetName = ObjectSet)]
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Parameter(ParameterSetName = UriSet)]
    [Parameter(ParameterSetName = ContainerSet)]
    public AdxDataFormat? Format { get; set; }

    /// <summary>A mapping of the table for the files; by default fields go to columns by position (text) or by name (JSON).</summary>
    [Parameter(ParameterSetName = ObjectSet)]
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Parameter(ParameterSetName = UriSet)]
    [Parameter(ParameterSetName = ContainerSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MappingNameCompleter))]
    public string? MappingName { get; set; }

    /// <summary>The first record of each file is a header and is not sent.</summary>
    [Parameter(ParameterSetName = ObjectSet)]
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Parameter(ParameterSetName = UriSet)]
    [Parameter(ParameterSetName = ContainerSet)]
    public SwitchParameter IgnoreFirstRecord { get; set; }

    /// <summary>A mapping sent along with files, blobs or text of a -Format: a dictionary ([ordered]@{ Id = '$.id' }), names, its JSON, or a mapping of a table.</summary>
    [Parameter(ParameterSetName = ObjectSet)]
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Parameter(ParameterSetName = UriSet)]
    [Parameter(ParameterSetName = ContainerSet)]
    [ValidateNotNullOrEmpty]
    [IngestionMappingTransformation]
    public AdxColumnMapping[]? Mapping { get; set; }

    /// <summary>How the service checks the records of delimited files: None, BestEffort (its default) or Fail.</summary>
    [Parameter(ParameterSetName = ObjectSet)]
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Parameter(ParameterSetName = UriSet)]
    [Parameter(ParameterSetName = ContainerSet)]
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
    [DurationTransformation]
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

    /// <summary>What is promised of each row when something breaks: AtLeastOnce by default.</summary>
    [Parameter]
    public AdxDeliveryGuarantee DeliveryGuarantee { get; set; }

    /// <summary>A directory of a local disk in which rows are kept until the service has confirmed them. For rows, not for files.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? SpoolPath { get; set; }

    /// <summary>The name of this ingestion in the spool: the same call goes on where the one before ended.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? SpoolName { get; set; }

    /// <summary>Megabytes that the batches of this ingestion may take in the spool; 4096 by default.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int SpoolSizeMB { get; set; } = 4096;

    /// <summary>Rows that the input leaves out already, since the spool of that name has them; none by default.</summary>
    [Parameter(ParameterSetName = ObjectSet)]
    [Parameter(ParameterSetName = DataReaderSet)]
    [ValidateRange(0, long.MaxValue)]
    public long SkippedRows { get; set; }

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
    [DurationTransformation]
    public TimeSpan Timeout { get; set; } = System.Threading.Timeout.InfiniteTimeSpan;

    /// <summary>Asks once whether to send, and finds the table.</summary>
    protected override void BeginProcessing()
    {
        if (ParameterSetName is ObjectSet && Format is null && (MappingName is not null || Mapping is not null || ValidationPolicy is not null || IgnoreFirstRecord))
            Throw(SendErrors.NotTogether("-MappingName, -Mapping, -ValidationPolicy and -IgnoreFirstRecord are for text: they go with -Format, while objects go to columns by their properties."));
        if (ParameterSetName is ObjectSet && Format is not null && (Column is not null || CreateTable))
            Throw(SendErrors.NotTogether("-Column and -CreateTable are for objects: text of a -Format has no properties."));
        if (Uri.Length > 0 && (Mode is AdxIngestionMode.Streaming or AdxIngestionMode.Direct || KeepBlob))
            Throw(SendErrors.NotTogether("-Uri has the service's queue take blobs from where they are, and they stay there: -Mode Streaming or Direct and -KeepBlob do not go with it."));
        if (Container && Array.Exists(Uri, static uri => uri.Contains(";impersonate", StringComparison.OrdinalIgnoreCase)))
            Throw(SendErrors.NotTogether("The service lists a container by itself and in nobody's name: ;impersonate does not go with -Container. Give a SAS, or ;managed_identity=system."));
        if (Container && ExtendSchema)
            Throw(SendErrors.NotTogether("The command that takes a container adds no columns: -ExtendSchema does not go with -Container."));
        CheckSpool();
        _isWanted = ShouldProcess($"{Connected.Database}.{Table}", "Send data");
        if (!_isWanted)
            return;
        _send = new IngestionSend(this, Connected, Request(), Column, Stop) { SkippedRows = SkippedRows };
        _send.FindTable(mayCreate: CreateTable);
    }

    /// <summary>Takes one object, or each one of an array.</summary>
    protected override void ProcessRecord()
    {
        if (!_isWanted || InputObject is null)
            return;
        if (Format is { } format)
            AddText(InputObject.BaseObject, format);
        // The pipeline takes collections apart; one given as an argument comes here whole.
        else if (InputObject.BaseObject is DataTable data)
        {
            using DataTableReader rows = data.CreateDataReader();
            _send!.AddReader(rows);
        }
        else if (InputObject.BaseObject is IDataReader reader)
        {
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

    private void AddText(object input, AdxDataFormat format)
    {
        if (input is IEnumerable list and not (string or byte[] or IDictionary))
        {
            foreach (object? item in list)
            {
                if (item is not null)
                    AddText(PSObject.AsPSObject(item).BaseObject, format);
            }
        }
        else
        {
            _send!.AddText(input, format, IgnoreFirstRecord);
        }
    }

    /// <summary>Sends what is left, waits if asked to, and writes what was sent.</summary>
    protected override void EndProcessing()
    {
        if (!_isWanted)
            return;
        if (DataReader is not null)
            _send!.AddReader(DataReader);
        string[] files = [.. Files()];
        if (files.Length > 0)
            _send!.Progress.Files = files.Length;
        foreach (string file in files)
            _send!.AddFile(file, Format, IgnoreFirstRecord);
        if (ParameterSetName == UriSet)
            _send!.AddBlobs([.. Uri.Select(Locate).Select(location => new BlobIngestion { Location = location, Format = FormatOf(location), IgnoreFirstRecord = IgnoreFirstRecord })]);

        AdxIngestion ingestion = Container ? SendContainers() : _send!.Complete();
        State.Remember(ingestion);
        if (Wait)
        {
            ingestion = Await(_send!.FollowAsync(ingestion, Timeout));
            State.Remember(ingestion);
            IngestionErrors.WriteFor(this, ingestion, Timeout);
        }
        _send!.Close();
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

    private void CheckSpool()
    {
        try
        {
            SpoolRules.Check(Request());
            if (SpoolPath is null)
                return;
            if (Path.Length + LiteralPath.Length + Uri.Length > 0 || Format is not null)
                throw SendErrors.SpoolTakesNoFiles();
            SpoolPath = FindInFileSystem(SpoolPath) ?? throw SendErrors.NotInFileSystem(SpoolPath);
        }
        catch (AdxException wrong)
        {
            Throw(wrong);
        }
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
            DeliveryGuarantee = DeliveryGuarantee,
            SpoolPath = SpoolPath,
            SpoolName = SpoolName,
            SpoolBytes = (long)SpoolSizeMB * BytesPerMegabyte,
        };
        return ThrottleLimit is { } limit ? request with { ThrottleLimit = limit } : request;
    }

    private AdxIngestion SendContainers()
    {
        ContainerIngestion[] containers =
        [
            .. Uri.Select(Locate).Select(location => new ContainerIngestion
            {
                Location = location,
                Format = Format ?? DataFormats.FromName(Suffix ?? "") ?? FormatOf(location),
                IgnoreFirstRecord = IgnoreFirstRecord,
                Suffix = Suffix,
                MaxBlobs = MaxBlobs,
                CompressionFactor = CompressionFactor,
            }),
        ];
        var storage = new StorageIngestion(Connected);
        AdxIngestion? all = null;
        foreach (ContainerIngestion container in containers)
        {
            AdxIngestion one = Await(storage.StartAsync(Request(), container, Stop), container.Location.Name);
            all = all?.With([.. all.Batches, .. one.Batches], all.StartTime, DateTime.UtcNow - all.StartTime) ?? one;
            State.Remember(all);
        }
        return all!;
    }

    private StorageLocation Locate(string uri)
    {
        try
        {
            return StorageLocation.Parse(uri);
        }
        catch (AdxException failure)
        {
            Throw(failure);
            throw;
        }
    }

    private AdxDataFormat FormatOf(StorageLocation location)
    {
        if ((Format ?? DataFormats.FromName(location.Name)) is { } format)
            return format;
        AdxException failure = SendErrors.UriFormatUnknown(location.Name);
        Throw(failure, location.Name);
        throw failure;
    }

    private IEnumerable<string> Files()
    {
        var paths = new FilePaths(this, Recurse, Exclude);
        return LiteralPath.SelectMany(paths.Literal).Concat(Path.SelectMany(paths.Matching));
    }

    private string? FindInFileSystem(string path)
    {
        try
        {
            string file = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
            return provider.Name == FileSystem ? file : null;
        }
        catch (SessionStateException)
        {
            // There is no such drive or provider.
            return null;
        }
    }
}
