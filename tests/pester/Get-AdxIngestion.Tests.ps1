# What has become of ingestions: of those given, by id, and of all that the session has sent.

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    . $PSScriptRoot/ParameterForm.ps1
    Import-Module $ModuleManifest
    . $PSScriptRoot/LocalRequests.ps1
    $null = Connect-Adx -Local
    $null = New-AdxTable People 'Id:long', 'Name:string'
    $rows = 1..3 | ForEach-Object { [pscustomobject]@{ Id = $_; Name = "name $_" } }
}

AfterAll {
    Stop-AdxLocal
}

Describe 'The parameters of Get-AdxIngestion' {
    It '<Parameter> in set <Set> is: <Form>' -ForEach @(
        @{ Parameter = 'Ingestion'; Set = 'Object'; Form = 'AdxIngestion[], mandatory, position 0, from pipeline' }
        @{ Parameter = 'Id'; Set = 'Id'; Form = 'Guid[], mandatory' }
        @{ Parameter = 'Ingestion'; Set = 'Session'; Form = 'not in this set' }
        @{ Parameter = 'OperationId'; Set = 'Operation'; Form = 'String[], mandatory, by name' }
        @{ Parameter = 'Table'; Set = 'Operation'; Form = 'String, mandatory, by name' }
        @{ Parameter = 'Database'; Set = 'Operation'; Form = 'String, by name' }
        @{ Parameter = 'Connection'; Set = 'Object'; Form = 'AdxConnection' }
    ) {
        Get-ParameterForm Get-AdxIngestion $Parameter $Set | Should -BeExactly $Form
    }
}

Describe 'Get-AdxIngestion' {
    It 'writes nothing in a session that has sent nothing' {
        Get-AdxIngestion *>&1 | Should -BeNullOrEmpty
    }

    It 'asks the service for what was sent: by object, from the pipeline and by id' {
        $sent = $rows | Send-AdxData People
        $sent.Status | Should -Be 'Queued'
        Wait-Until { (Get-AdxIngestion $sent).IsFinished }
        foreach ($now in (Get-AdxIngestion $sent), ($sent | Get-AdxIngestion), (Get-AdxIngestion -Id $sent.Id)) {
            $now | Should -BeOfType 'AdxFlow.AdxIngestion'
            $now.Id | Should -Be $sent.Id
            $now.Status | Should -Be 'Succeeded'
            $now.Rows | Should -Be 3
            $now.Batches[0].SourceId | Should -Be $sent.Batches[0].SourceId
        }
        $sent.Status | Should -Be 'Queued' -Because 'what was written does not change behind one''s back'
    }

    It 'writes all of the session, in the order in which they were sent, as they are now' {
        $first = $rows | Send-AdxData People -Wait
        $second = $rows | Send-AdxData People -Wait
        $all = @(Get-AdxIngestion)
        $all[-2].Id | Should -Be $first.Id
        $all[-1].Id | Should -Be $second.Id
        $all.Status | Select-Object -Unique | Should -Be 'Succeeded'
    }

    It 'asks nothing of what has ended' {
        $ended = $rows | Send-AdxData People -Wait
        Get-LocalRequest { Get-AdxIngestion $ended } | Should -BeNullOrEmpty
    }

    It 'says that an id is unknown, and goes on' {
        $known = $rows | Send-AdxData People -Wait
        $unknown = [guid]::NewGuid()
        $found = Get-AdxIngestion -Id $unknown, $known.Id -ErrorVariable failures -ErrorAction SilentlyContinue
        $found.Id | Should -Be $known.Id
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'AdxIngestionNotFound,*'
        $failures[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $failures[0].TargetObject | Should -Be $unknown
    }

    It 'shows what the service refused, without an error of its own' {
        Set-Content "$TestDrive/a.csv" '1,Ada'
        $sent = Send-AdxData People -Path "$TestDrive/a.csv" -MappingName NoSuchMapping
        Wait-Until { (Get-AdxIngestion $sent).IsFinished }
        $now = Get-AdxIngestion $sent -ErrorAction Stop
        $now.Status | Should -Be 'Failed'
        $now.Batches[0].ErrorCode | Should -BeExactly 'BadRequest_MappingReferenceWasNotFound'
        $now.Batches[0].Error | Should -BeLike '*NoSuchMapping*'
        $now.Batches[0].IsPermanent | Should -BeTrue
    }

    It 'calls it PartiallySucceeded where one batch of several was refused' {
        $null = New-AdxTable Tagged 'Id:long'
        $ingestion = $rows | Send-AdxData People -BatchRows 1 -Wait
        $ingestion.Status | Should -Be 'Succeeded'
        # The tag that the first batch leaves keeps the others out.
        $partly = $rows | Send-AdxData Tagged -Column Id -BatchRows 1 -Tag 'ingest-by:once' -IngestIfNotExists once -Wait -ErrorAction SilentlyContinue
        $partly.Status | Should -Be 'PartiallySucceeded'
        (Invoke-AdxQuery 'Tagged | count').Count | Should -Be 1
    }

    It 'knows nothing of a call that ended before anything was accepted' {
        $before = @(Get-AdxIngestion).Count
        $null = Get-Failure { & { $rows; throw 'upstream' } | Send-AdxData People }
        @(Get-AdxIngestion).Count | Should -Be $before
    }
}

Describe 'What another session has sent' {
    BeforeAll {
        $sent = $rows | Send-AdxData People -BatchRows 1 -Wait
        $operation = $sent.Batches[0].OperationId
        $ofOperation = @($sent.Batches | Where-Object OperationId -EQ $operation)
        # As another process has it: a session that knows nothing of it, and the file.
        $stored = Join-Path $TestDrive 'sent.xml'
        $json = Join-Path $TestDrive 'sent.json'
        $queued = $rows | Send-AdxData People
        $queued | Export-Clixml $stored
        $queued | ConvertTo-Json | Set-Content $json
    }

    It 'is found by the id of its operation' {
        $found = Get-AdxIngestion -OperationId $operation -Table People
        $found.Status | Should -Be 'Succeeded'
        $found.Database | Should -Be 'NetDefaultDB'
        @($found.Batches.SourceId | Sort-Object) | Should -Be @($ofOperation.SourceId | Sort-Object)
        $found.Rows | Should -BeNullOrEmpty -Because 'the service does not tell them'
        $found.SentBytes | Should -BeNullOrEmpty
    }

    It 'is asked for once, though each batch names the operation' {
        @(Get-LocalRequest { $ofOperation | Get-AdxIngestion -Table People }) | Should -HaveCount 1
        @(Get-LocalRequest { Get-AdxIngestion -OperationId $operation, $operation -Table People }) | Should -HaveCount 1
    }

    It 'is bound by property names' {
        $named = [pscustomobject]@{ OperationId = $operation; Table = 'People'; Database = 'NetDefaultDB' }
        ($named | Get-AdxIngestion).Status | Should -Be 'Succeeded'
        ($named | Wait-AdxIngestion).Status | Should -Be 'Succeeded'
    }

    It 'does not become a part of this session' {
        $before = @(Get-AdxIngestion).Count
        $null = Get-AdxIngestion -OperationId $operation -Table People
        @(Get-AdxIngestion).Count | Should -Be $before
    }

    It 'is followed from <Form>' -ForEach @(
        @{ Form = 'CLIXML'; Read = { Import-Clixml $stored } }
        @{ Form = 'JSON'; Read = { Get-Content $json -Raw | ConvertFrom-Json } }
    ) {
        foreach ($now in (& $Read | Wait-AdxIngestion), (Get-AdxIngestion (& $Read) | Wait-AdxIngestion)) {
            $now | Should -BeOfType 'AdxFlow.AdxIngestion'
            $now.Id | Should -Be $queued.Id
            $now.Status | Should -Be 'Succeeded'
            $now.Rows | Should -Be 3
            $now.StartTime | Should -Be $queued.StartTime
            $now.Batches[0].SourceId | Should -Be $queued.Batches[0].SourceId
        }
    }

    It 'is followed by a session that has sent nothing' {
        $shell = [powershell]::Create([System.Management.Automation.RunspaceMode]::NewRunspace)
        try {
            $null = $shell.AddScript('param($Manifest, $File) Import-Module $Manifest; $null = Connect-Adx -Local; Import-Clixml $File | Wait-AdxIngestion; @(Get-AdxIngestion).Count').AddParameters(@($ModuleManifest, $stored))
            $output = $shell.Invoke()
            $shell.HadErrors | Should -BeFalse
            $output[0].Status | Should -Be 'Succeeded'
            $output[1] | Should -Be 0
        }
        finally {
            $shell.Dispose()
        }
    }

    It 'is not found under an id that the service does not know, and the others are' {
        $found = Get-AdxIngestion -OperationId 'no;such', $operation -Table People -ErrorVariable failures -ErrorAction SilentlyContinue
        $found.Status | Should -Be 'Succeeded'
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'AdxIngestionNotFound,*'
        $failures[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $failures[0].Exception.Message | Should -BeLike "*'no;such'*NetDefaultDB.People*"
    }

    It 'is no object of another kind: <_>' -ForEach '1', '[pscustomobject]@{ Id = 1 }', 'Get-Process -Id $PID' {
        $failure = Get-Failure { & ([scriptblock]::Create($_)) | Wait-AdxIngestion -ErrorAction Stop }
        $failure.CategoryInfo.Category | Should -Be 'InvalidArgument'
    }
}

Describe 'The id of an ingestion' {
    It 'is completed from what the session has sent, the last one first, and nothing is asked' {
        $null = New-AdxTable Completed 'Id:long'
        $sent = 1..2 | ForEach-Object { [pscustomobject]@{ Id = $_ } | Send-AdxData Completed }
        foreach ($line in 'Get-AdxIngestion -Id ', 'Wait-AdxIngestion -Id ', 'Stop-AdxIngestion -Id ') {
            Get-LocalRequest { $script:offered = (TabExpansion2 $line $line.Length).CompletionMatches } | Should -BeNullOrEmpty
            $offered[0, 1].CompletionText | Should -BeExactly $sent[1].Id.ToString(), $sent[0].Id.ToString()
            $offered[0].ToolTip | Should -BeLike '*Completed: 1 rows*'
        }
        $line = "Get-AdxIngestion -Id $($sent[0].Id.ToString().Substring(0, 12))"
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -BeExactly $sent[0].Id.ToString()
    }
}
